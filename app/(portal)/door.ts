import { headers } from 'next/headers';
import { z } from 'zod';
import { sealForAct } from '#lib/auth/act-seal.ts';
import { callOf } from '#lib/auth/call-of.ts';
import { currentSession, requireSession } from '#lib/auth/current-actor.ts';
import { freshActor } from '#lib/auth/fresh-actor.ts';
import { takeOne } from '#lib/auth/rate.ts';
import { refusalOf } from '#lib/auth/refusal-of.ts';
import { refused } from '#lib/auth/refused.ts';
import { requireSameOrigin } from '#lib/auth/same-origin.ts';
import type { Session } from '#lib/auth/session.ts';
import { stepUpAsk } from '#lib/auth/step-up-ask.ts';
import { StepUpAsked } from '#lib/auth/step-up-asked.ts';
import { tokenFor } from '#lib/auth/tokens.ts';
import { traceOf } from '#lib/auth/trace.ts';
import type { Audience } from '#lib/domain/plane.ts';
import { type Call, ProofNeeded } from '#lib/domain/proof.ts';
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
  let call: Call | undefined;
  try {
    requireSameOrigin(head);
    const session = await requireSession();
    takeOne('write', session.actor.objectId);
    const parsed = schema.safeParse(raw);
    if (!parsed.success) throw new Refusal('malformed');
    call = callOf(session, name, parsed.data, new Date());
    return {
      ok: true,
      value: await work(parsed.data, asPerson(session.actor, traceOf(head), call), session),
    };
  } catch (error) {
    const no = refusalOf(error);
    if (!no) throw withDigest(error, traceOf(head));
    const session = isTrouble(no) ? null : await currentSession();
    if (!isTrouble(no)) {
      await refused(head, session?.actor ?? null, { door: name, code: no.code, subject: subjectOf(raw) });
    }
    const answer = { ok: false as const, code: no.code, message: no.message, field: no.field };
    if (!(no instanceof ProofNeeded && session && call)) return answer;
    return { ...answer, stepUp: await stepUpAsk(session, call, no) };
  }
}

/**
 * The same for what only administrators do: judged by the roles of Stint they have in Entra now, and by a fresh
 * sign-in where settings ask for one. `app/(portal)/door.test.ts` names every action that has to come by here.
 */
export function administer<Input, Value>(
  name: string,
  schema: z.ZodType<Input>,
  raw: unknown,
  work: (input: Input, ctx: PersonContext, session: Session) => Promise<Value>,
): Promise<Outcome<Value>> {
  return door(name, schema, raw, async (input, ctx, session) =>
    work(input, { ...(await anew(ctx, session)), administers: true }, session),
  );
}

/** The same person with the roles of Stint they have in Entra now: one that was taken away counts at once. */
export async function anew({ traceId, call }: PersonContext, session: Session): Promise<PersonContext> {
  return asPerson(await freshActor(session, traceId), traceId, call);
}

/** The id that the input names, where it names one. */
function subjectOf(raw: unknown): string | null {
  const named = typeof raw === 'object' && raw !== null ? idIn(raw) : raw;
  return typeof named === 'string' ? named : null;
}

function idIn(raw: object): unknown {
  if ('requestId' in raw) return raw.requestId;
  if ('findingId' in raw) return raw.findingId;
  if ('bundleId' in raw) return raw.bundleId;
  if ('campaignId' in raw) return raw.campaignId;
  return 'id' in raw ? raw.id : null;
}

/** What the error page shows to find it by: the id that the log and the record have too. Next keeps a digest that is there. */
function withDigest(error: unknown, trace: string): unknown {
  return error instanceof Error && !('digest' in error) ? Object.assign(error, { digest: trace }) : error;
}

/** Fetches the person's tokens for these audiences now, while they are here, and seals them act by act. */
export async function sealer(session: Session, audiences: Iterable<'graph' | 'arm'>): Promise<SealedTokens> {
  const tokens = new Map<Audience, string>();
  for (const audience of new Set(audiences)) tokens.set(audience, await tokenFor(session, audience));
  return sealing(tokens);
}

function sealing(tokens: ReadonlyMap<Audience, string>): SealedTokens {
  return (actId, audience) => {
    const token = tokens.get(audience);
    if (!token) throw new Error(`No ${audience} token was fetched for this act.`);
    return sealForAct(actId, audience, token);
  };
}

/**
 * The same, where a token may have to wait for a stronger sign-in: what is asked for is told by audience, to be kept
 * with what was asked.
 */
export async function sealerOrChallenges(
  session: Session,
  audiences: Iterable<Audience>,
): Promise<{ seal: SealedTokens; asked: Partial<Record<Audience, string>> }> {
  const asked: Partial<Record<Audience, string>> = {};
  const tokens = new Map<Audience, string>();
  for (const audience of new Set(audiences)) {
    try {
      tokens.set(audience, await tokenFor(session, audience));
    } catch (error) {
      if (!(error instanceof StepUpAsked)) throw error;
      asked[audience] = error.claims;
    }
  }
  return { seal: sealing(tokens), asked };
}

const control = /(?![\n\t])\p{Cc}/gu;

/** Text a person types: kept as typed, without control characters and halves of characters. */
export const typed = z
  .string()
  .max(10_000)
  .transform((text) => text.toWellFormed().replaceAll(control, '').trim());

export const requestId = z.guid();
/** Which of Stint's own stages the page shows of a request, the first as 1; null: none. */
export const shownStage = z.number().int().positive().nullable();
export const sessionId = z.guid();
