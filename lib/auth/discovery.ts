import { createRemoteJWKSet, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';
import { surroundings } from '#lib/config/config.ts';

const document = z.object({
  issuer: z.string(),
  authorization_endpoint: z.url(),
  token_endpoint: z.url(),
  jwks_uri: z.url(),
  end_session_endpoint: z.url(),
});

/** The authority's own description of itself (OpenID Connect Discovery), and its signing keys. */
export interface Discovery {
  document: z.infer<typeof document>;
  /** Fetches the key an id token names; remembers keys, asks again for a new one at most every 30 seconds. */
  keys: JWTVerifyGetKey;
}

const KEPT_MS = 60 * 60 * 1000;
const TIMEOUT_MS = 10_000;
let kept: { discovery: Discovery; until: number } | undefined;

/** The issuer of every id token that Stint accepts: the configured tenant, exactly. */
export function expectedIssuer(): string {
  const { authorityOrigin, tenantId } = surroundings();
  return `${authorityOrigin}/${tenantId}/v2.0`;
}

/**
 * The configured tenant's discovery document, at most an hour old.
 * @throws Error when the authority cannot be reached or speaks for another issuer.
 */
export async function discovery(): Promise<Discovery> {
  if (kept && kept.until > Date.now()) return kept.discovery;
  asking ??= ask().finally(() => {
    asking = undefined;
  });
  return asking;
}

/** One for all who wait for it: doors look at what strangers show before they count them. */
let asking: Promise<Discovery> | undefined;

async function ask(): Promise<Discovery> {
  const url = `${expectedIssuer()}/.well-known/openid-configuration`;
  const answer = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) });
  if (!answer.ok) throw new Error(`The authority answered ${answer.status} to discovery.`);
  const found = document.parse(await answer.json());
  if (found.issuer !== expectedIssuer())
    throw new Error(`The authority names another issuer: ${found.issuer}`);
  const keys = createRemoteJWKSet(new URL(found.jwks_uri), { timeoutDuration: TIMEOUT_MS });
  kept = { discovery: { document: found, keys }, until: Date.now() + KEPT_MS };
  return kept.discovery;
}
