import { createRemoteJWKSet, jwtVerify } from 'jose';
import { z } from 'zod';
import type { TeamsSecrets } from '#lib/config/chat-secrets.ts';

/** The issuer of every token by which the Bot Framework calls a bot. */
const issuer = 'https://api.botframework.com';
const skewSeconds = 300;
const timeoutMs = 5_000;
/** Keys change rarely; Microsoft asks that they are not kept for more than a day. */
const keptMs = 24 * 60 * 60 * 1000;

const metadata = z.looseObject({ issuer: z.literal(issuer), jwks_uri: z.url() });
const endorsed = z.looseObject({ kid: z.string(), endorsements: z.array(z.string()).default([]) });

/** What a call says of itself, which its token has to bear out. */
export interface Claimed {
  serviceUrl: string;
  channelId: string;
}

/** The token is not the Bot Framework's for this bot and this call; the message says which check failed. */
export class BotTokenRefused extends Error {
  constructor(check: string, cause?: unknown) {
    super(`The bot token was refused: ${check}`, { cause });
    this.name = 'BotTokenRefused';
  }
}

type Keys = ReturnType<typeof createRemoteJWKSet>;
const held = globalThis as { stintBotKeys?: Map<string, { keys: Promise<Keys>; until: number }> };

/**
 * Verifies the token of a call from the Bot Connector as its documentation asks: RS256 by a key of the Bot Framework's
 * metadata, issuer, audience the bot itself, exp and nbf within five minutes, the claim `serviceurl` the activity's, and
 * the key endorsed for the activity's channel. It says that Microsoft calls, not who: that is in the activity.
 * @throws BotTokenRefused
 */
export async function verifyBotToken(
  authorization: string | null,
  { serviceUrl, channelId }: Claimed,
  { appId, metadataOrigin }: Pick<TeamsSecrets, 'appId' | 'metadataOrigin'>,
): Promise<void> {
  const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/.exec(authorization ?? '')?.[1];
  if (!token) throw new BotTokenRefused('no token');
  const keys = await keysOf(metadataOrigin).catch((cause) => {
    throw new BotTokenRefused('keys not available', cause);
  });
  const { payload, protectedHeader } = await jwtVerify(token, keys, {
    ...{ algorithms: ['RS256'], issuer, audience: appId, clockTolerance: skewSeconds },
    requiredClaims: ['exp', 'nbf'],
  }).catch((cause) => {
    throw new BotTokenRefused(String((cause as { code?: string }).code ?? 'keys not available'), cause);
  });
  if (!protectedHeader.kid) throw new BotTokenRefused('no kid');
  const { serviceurl = payload.serviceUrl } = payload;
  if (typeof serviceurl !== 'string' || serviceurl !== serviceUrl)
    throw new BotTokenRefused('claim serviceurl');
  const known = (keys.jwks()?.keys ?? []).map((key) => endorsed.safeParse(key).data);
  const key = known.find((one) => one?.kid === protectedHeader.kid);
  if (!key?.endorsements.includes(channelId)) throw new BotTokenRefused('endorsement');
}

function keysOf(origin: string): Promise<Keys> {
  held.stintBotKeys ??= new Map();
  const kept = held.stintBotKeys.get(origin);
  if (kept && kept.until > Date.now()) return kept.keys;
  const keys = readKeys(origin);
  held.stintBotKeys.set(origin, { keys, until: Date.now() + keptMs });
  keys.catch(() => held.stintBotKeys?.delete(origin));
  return keys;
}

async function readKeys(origin: string): Promise<Keys> {
  const url = `${origin}/v1/.well-known/openidconfiguration`;
  const answer = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(timeoutMs) });
  if (!answer.ok) throw new Error(`The Bot Framework answered ${answer.status} to its metadata.`);
  const { jwks_uri: at } = metadata.parse(await answer.json());
  if (new URL(at).origin !== origin) throw new Error('The Bot Framework’s keys are somewhere else.');
  return createRemoteJWKSet(new URL(at), { timeoutDuration: timeoutMs });
}
