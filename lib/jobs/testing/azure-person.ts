import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { pickAccount, type RunningEmulator } from '#lib/auth/testing.ts';
import type { Audience } from '#lib/domain/plane.ts';

const tenant = 'c0470500-0000-4000-8000-000000000001';
const portal = { client_id: '5717a000-0000-4000-8000-000000000001', client_secret: 'sandbox-secret' };
/** The tools administrators of the tenant have. */
export const adminTools = {
  client_id: 'ca11ab1e-0001-4000-8000-000000000106',
  client_secret: 'admin-secret',
};
const redirect_uri = 'http://localhost/auth/callback';
const scopes: Record<Audience, string> = {
  graph: 'openid https://graph.microsoft.com/.default',
  arm: 'openid https://management.azure.com/user_impersonation',
};

/** Somebody at Microsoft's own pages: what they do there Stint does not see. */
export interface AzurePerson {
  /** Object id, as the token says. */
  id: string;
  tokens: Record<Audience, string>;
  call<T>(audience: Audience, method: string, path: string, body?: object): Promise<T>;
}

/** Signs somebody in at the local tenant, apart from Stint; `folder` is the emulator's data folder. */
export async function azurePerson(
  emulator: RunningEmulator,
  folder: string,
  login: string,
  app = portal,
): Promise<AzurePerson> {
  trustAuthority(folder);
  const origin = `https://localhost:${emulator.httpsPort}`;
  const tokenOf = async (audience: Audience): Promise<string> => {
    const ask = new URLSearchParams({
      ...{ client_id: app.client_id, response_type: 'code', redirect_uri, scope: scopes[audience] },
    });
    const page = `http://localhost:${emulator.httpPort}/${tenant}/oauth2/v2.0/authorize?${ask}`;
    const { searchParams } = await pickAccount(page, `${login}@contoso.example`);
    const body = new URLSearchParams({
      ...{ ...app, redirect_uri, grant_type: 'authorization_code', code: searchParams.get('code') ?? '' },
    });
    const answer = await fetch(`${origin}/${tenant}/oauth2/v2.0/token`, { method: 'POST', body });
    return ((await answer.json()) as { access_token: string }).access_token;
  };
  const tokens: Record<Audience, string> = { graph: await tokenOf('graph'), arm: await tokenOf('arm') };
  const claims = JSON.parse(Buffer.from(tokens.graph.split('.')[1] ?? '', 'base64url').toString());
  return {
    id: claims.oid,
    tokens,
    async call(audience, method, path, body) {
      const answer = await fetch(origin + path, {
        method,
        headers: { authorization: `Bearer ${tokens[audience]}`, 'content-type': 'application/json' },
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
      if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
      return answer.status === 204 ? null : answer.json();
    },
  };
}

/** Believes the certificate of the emulator whose data folder this is. */
export function trustAuthority(folder: string): void {
  const authority = readFileSync(join(folder, 'emulator', 'ca.pem'), 'utf8');
  setDefaultCACertificates([...getCACertificates('default'), authority]);
}
