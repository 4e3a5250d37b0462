import { headers } from 'next/headers';
import { z } from 'zod';
import { sealForAct } from '#lib/auth/act-seal.ts';
import { currentSession, requireSession } from '#lib/auth/current-actor.ts';
import { freshActor } from '#lib/auth/fresh-actor.ts';
import { takeOne } from '#lib/auth/rate.ts';
import { refusalOf } from '#lib/auth/refusal-of.ts';
import { refused } from '#lib/auth/refused.ts';
import { requireSameOrigin } from '#lib/auth/same-origin.ts';
import type { Session } from '#lib/auth/session.ts';
import { tokenFor } from '#lib/auth/tokens.ts';
import { traceOf } from '#lib/auth/trace.ts';
import { isTrouble, type Outcome, Refusal } from '#lib/domain/refusal.ts';
import { asPerson, type PersonContext, type SealedTokens } from '#lib/operations/context.ts';

/**
 * What every action passes: sent by our own page, by someone signed in, not too often, with input of the right
 * shape. A foreseen no is put on record and becomes a value; anything else goes to the error page with a digest.
 */
export async function door<Input, Value>(
  name: string,
  schema: z.ZodType<Input>,
  raw: unknown,
  work: (input: Input, ctx: PersonContext, session: Session) => Promise<Value>,
): Promise<Outcome<Value>> {
  const head = await headers();
  try {
    requireSameOrigin(head);
    const session = await requireSession();
    takeOne('write', session.actor.objectId);
    const parsed = schema.safeParse(raw);
    if (!parsed.success) throw new Refusal('malformed');
    return { ok: true, value: await work(parsed.data, asPerson(session.actor, traceOf(head)), session) };
  } catch (error) {
    const no = refusalOf(error);
    if (!no) throw withDigest(error, traceOf(head));
    if (!isTrouble(no)) {
      const session = await currentSession();
      await refused(head, session?.actor ?? null, { door: name, code: no.code, subject: subjectOf(raw) });
    }
    return { ok: false, code: no.code, message: no.message, field: no.field };
  }
}

/** The same person with the roles of Stint they have in Entra now: one that was taken away counts at once. */
export async function anew({ traceId }: PersonContext, session: Session): Promise<PersonContext> {
  return asPerson(await freshActor(session, traceId), traceId);
}

/** The id that the input names, where it names one. */
function subjectOf(raw: unknown): string | null {
  const named = typeof raw === 'object' && raw !== null ? idIn(raw) : raw;
  return typeof named === 'string' ? named : null;
}

function idIn(raw: object): unknown {
  if ('requestId' in raw) return raw.requestId;
  if ('findingId' in raw) return raw.findingId;
  if ('campaignId' in raw) return raw.campaignId;
  return 'id' in raw ? raw.id : null;
}

/** What the error page shows to find it by: the id that the log and the record have too. Next keeps a digest that is there. */
function withDigest(error: unknown, trace: string): unknown {
  return error instanceof Error && !('digest' in error) ? Object.assign(error, { digest: trace }) : error;
}

/** Fetches the person's tokens for these audiences now, while they are here, and seals them act by act. */
export async function sealer(session: Session, audiences: Iterable<'graph' | 'arm'>): Promise<SealedTokens> {
  const tokens = new Map<string, string>();
  for (const audience of new Set(audiences)) tokens.set(audience, await tokenFor(session, audience));
  return (actId, audience) => {
    const token = tokens.get(audience);
    if (!token) throw new Error(`No ${audience} token was fetched for this act.`);
    return sealForAct(actId, audience, token);
  };
}

const control = /(?![\n\t])\p{Cc}/gu;

/** Text a person types: kept as typed, without control characters and halves of characters. */
export const typed = z
  .string()
  .max(10_000)
  .transform((text) => text.toWellFormed().replaceAll(control, '').trim());

export const requestId = z.guid();
export const sessionId = z.guid();
