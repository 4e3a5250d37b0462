import { createHash, randomBytes } from 'node:crypto';
import { type Browser, makeBrowser } from './browser.ts';
import type { Running } from './running.ts';

export const tenant = 'c0470500-0000-4000-8000-000000000001';
export const portal = '5717a000-0000-4000-8000-000000000001';
export const reader = '5717a000-0000-4000-8000-000000000003';
export const redirectUri = 'http://localhost:3999/auth/callback';

export interface Pkce {
  verifier: string;
  challenge: string;
}

export function newPkce(): Pkce {
  const verifier = randomBytes(32).toString('base64url');
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') };
}

/** The address a browser is sent to; fields set to undefined are left out. */
export function authorizeUrl(running: Running, fields: Record<string, string | undefined> = {}): string {
  const url = new URL(`${running.emulator.httpOrigin}/${tenant}/oauth2/v2.0/authorize`);
  const all: Record<string, string | undefined> = {
    client_id: portal,
    response_type: 'code',
    redirect_uri: redirectUri,
    scope: 'openid profile email offline_access https://graph.microsoft.com/User.Read',
    state: 'some state',
    ...fields,
  };
  for (const [name, value] of Object.entries(all)) if (value !== undefined) url.searchParams.set(name, value);
  return url.toString();
}

/** Signs in on the page and returns where the browser is sent back to. */
export async function signIn(
  running: Running,
  login: string,
  fields: Record<string, string | undefined> = {},
  browser: Browser = makeBrowser(),
): Promise<URL> {
  const { mfa, ...asked } = fields;
  const page = await browser.get(authorizeUrl(running, asked));
  const posted = 'mfa' in fields ? { login, mfa } : { login };
  const answer = await browser.submit(page, posted);
  return new URL(answer.headers.get('location') ?? 'none:');
}

export interface TokenAnswer {
  status: number;
  body: Record<string, unknown> & {
    access_token: string;
    id_token: string;
    refresh_token: string;
    error: string;
  };
}

/** Posts to the token endpoint as the portal, unless the fields say otherwise. */
export async function askToken(running: Running, fields: Record<string, string>): Promise<TokenAnswer> {
  const response = await fetch(`${running.emulator.httpsOrigin}/${tenant}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams({ client_id: portal, client_secret: 'sandbox-secret', ...fields }),
  });
  return { status: response.status, body: (await response.json()) as TokenAnswer['body'] };
}

/** Signs in and redeems the code. */
export async function tokensOf(
  running: Running,
  login: string,
  fields: Record<string, string | undefined> = {},
): Promise<TokenAnswer> {
  const { verifier, challenge } = newPkce();
  const back = await signIn(running, login, {
    ...fields,
    code_challenge: challenge,
    code_challenge_method: 'S256',
  });
  return redeem(running, back, verifier);
}

export function redeem(
  running: Running,
  back: URL,
  verifier: string,
  fields: Record<string, string> = {},
): Promise<TokenAnswer> {
  return askToken(running, {
    grant_type: 'authorization_code',
    code: back.searchParams.get('code') ?? '',
    redirect_uri: redirectUri,
    code_verifier: verifier,
    ...fields,
  });
}
