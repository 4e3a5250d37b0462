import { createHash, createPrivateKey, randomUUID, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { SignJWT } from 'jose';
import { z } from 'zod';
import type { ChatSecrets, TeamsSecrets } from '#lib/config/chat-secrets.ts';
import type { Credential } from '#lib/config/credential.ts';
import { NotifyFault } from '#lib/notify/faults.ts';
import { call } from '#lib/outbound/call.ts';

const answered = z.looseObject({ access_token: z.string(), expires_in: z.coerce.number() });
/** Asked for anew so long before its end. */
const marginMs = 5 * 60_000;

/**
 * The bot's own token for the Bot Connector, by client credentials (OAuth 2.0, RFC 6749 section 4.4; with a certificate
 * RFC 7523), kept until it nears its end. @throws NotifyFault
 */
export function ownToken(teams: TeamsSecrets, reach: ChatSecrets['reach']): () => Promise<string> {
  let kept: { token: string; until: number } | null = null;
  return async () => {
    if (kept && kept.until > Date.now()) return kept.token;
    const url = new URL(`/${teams.appTenant}/oauth2/v2.0/token`, teams.loginOrigin);
    const form = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: teams.appId,
      scope: 'https://api.botframework.com/.default',
      ...(await proofOf(teams, url)),
    });
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const { status, text, retryAfterSeconds } = await call(
      url,
      { method: 'POST', headers, body: form.toString() },
      reach,
    ).catch((cause) => {
      throw new NotifyFault('unreachable', 'Microsoft’s sign-in does not answer.', { cause });
    });
    if (status === 429) throw new NotifyFault('busy', 'Microsoft’s sign-in is busy.', { retryAfterSeconds });
    if (status >= 500) throw new NotifyFault('unreachable', 'Microsoft’s sign-in does not answer.');
    const parsed = answered.safeParse(json(text));
    if (status !== 200 || !parsed.success)
      throw new NotifyFault('refused', 'Microsoft’s sign-in does not accept the bot’s credential.');
    const { access_token: token, expires_in: seconds } = parsed.data;
    kept = { token, until: Date.now() + seconds * 1000 - marginMs };
    return token;
  };
}

async function proofOf({ appId, credential }: TeamsSecrets, url: URL): Promise<Record<string, string>> {
  if (credential.kind === 'secret') return { client_secret: credential.secret };
  const assertion = await assertionOf(credential, appId, url).catch((cause) => {
    throw new NotifyFault('refused', 'The bot’s credential cannot be read.', { cause });
  });
  return {
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: assertion,
  };
}

async function assertionOf(
  credential: Exclude<Credential, { kind: 'secret' }>,
  appId: string,
  url: URL,
): Promise<string> {
  // Read at every use: who replaces the file restarts nothing.
  if (credential.kind === 'federated') return (await readFile(credential.tokenFile, 'utf8')).trim();
  const pem = await readFile(credential.pemFile, 'utf8');
  const thumbprint = createHash('sha256').update(new X509Certificate(pem).raw).digest('base64url');
  return new SignJWT()
    .setProtectedHeader({ alg: 'PS256', typ: 'JWT', 'x5t#S256': thumbprint })
    .setIssuer(appId)
    .setSubject(appId)
    .setAudience(url.href)
    .setJti(randomUUID())
    .setNotBefore('0s')
    .setExpirationTime('5m')
    .sign(createPrivateKey(pem));
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
