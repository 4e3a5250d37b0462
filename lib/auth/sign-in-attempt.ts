import { and, eq, gt, lte } from 'drizzle-orm';
import { z } from 'zod';
import { db } from '#db/client.ts';
import { signInAttempts } from '#db/schema/people.ts';
import { audiences } from '#lib/domain/plane.ts';
import { type Binding, seal, unseal } from './seal.ts';
import { hashOf } from './secret.ts';
import { serverKey } from './server-key.ts';

const MINUTES = 10;

/** What a stronger sign-in is for: one session's, for one request (or a decision on it), with what Azure asked for. */
const stepUp = z.object({
  sessionId: z.uuid(),
  requestId: z.uuid(),
  decisionId: z.uuid().nullable(),
  audience: z.enum(audiences),
  claims: z.string(),
  /** In a window of its own, which closes itself; else in place of the page. */
  popup: z.boolean(),
});

const attempt = z.object({
  id: z.uuid(),
  nonce: z.string(),
  verifier: z.string(),
  returnTo: z.string(),
  /** Absent: it signs somebody in, and no more. */
  stepUp: stepUp.optional(),
});

export type StepUp = z.infer<typeof stepUp>;

/** A sign-in begun: what its end must match. */
export type SignInAttempt = z.infer<typeof attempt>;

/** Which attempt: the `state` that travels through the authority, and the secret that stays in this browser's cookie. */
export interface AttemptKey {
  state: string;
  browser: string;
}

/** Keeps an attempt for ten minutes, and forgets older ones. */
export async function keepAttempt(key: AttemptKey, kept: SignInAttempt, now: Date): Promise<void> {
  await db().delete(signInAttempts).where(lte(signInAttempts.expiresAt, now));
  await db()
    .insert(signInAttempts)
    .values({
      stateHash: hashOf(key.state),
      sealed: seal(bindingOf(key), JSON.stringify(kept)),
      expiresAt: new Date(now.getTime() + MINUTES * 60_000),
    });
}

/** Takes an attempt, once; null when there is none, it is too old, or another browser began it. */
export async function takeAttempt(key: AttemptKey, now: Date): Promise<SignInAttempt | null> {
  const [row] = await db()
    .delete(signInAttempts)
    .where(and(eq(signInAttempts.stateHash, hashOf(key.state)), gt(signInAttempts.expiresAt, now)))
    .returning();
  if (!row) return null;
  try {
    return attempt.parse(JSON.parse(unseal(bindingOf(key), row.sealed)));
  } catch {
    return null;
  }
}

function bindingOf({ state, browser }: AttemptKey): Binding {
  const material = Buffer.concat([serverKey(), Buffer.from(browser, 'base64url')]);
  return { material, purpose: 'sign-in-attempt', context: hashOf(state) };
}
