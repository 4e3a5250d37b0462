import type { Answer, Call, Caller, World } from '#lib/emulator/wire.ts';

const CLAIMS = '{"access_token":{"acrs":{"essential":true,"values":["p1"]}}}';

/**
 * Azure's mandatory MFA: people without it are refused what they create, change or delete, with a claims challenge; reads
 * and workloads go free (contract 5.6). null: let it pass. Batches are judged by their members.
 */
export function mandatoryMfa(call: Call, caller: Caller, world: World): Answer | null {
  if (world.state.mandatoryMfa !== true || caller.kind !== 'user') return null;
  if (caller.mfa || caller.acrs.includes('p1') || isRead(call)) return null;
  const authority = `${call.origin}/${world.state.tenantId}/oauth2/authorize`;
  const claims = Buffer.from(CLAIMS).toString('base64');
  return {
    status: 401,
    headers: {
      'WWW-Authenticate': `Bearer realm="", authorization_uri="${authority}", error="insufficient_claims", claims="${claims}"`,
    },
    body: {
      error: {
        code: 'RequestDisallowedByAzure',
        message:
          'Resource was disallowed by Azure: Users must use MFA for this operation. Users must authenticate with multi-factor authentication to create or update resources. Please see https://go.microsoft.com/fwlink/?linkid=2341236.',
      },
    },
  };
}

function isRead({ method, path }: Call): boolean {
  if (method === 'GET' || method === 'HEAD') return true;
  return method === 'POST' && /\/(batch|getEntities|validate|resources)$/i.test(path);
}
