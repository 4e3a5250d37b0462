import { and, eq, isNull } from 'drizzle-orm';
import { decodeJwt } from 'jose';
import { db, transaction } from '#db/client.ts';
import { sessions } from '#db/schema/people.ts';
import { record } from '#lib/audit/record.ts';
import type { Doer } from '#lib/domain/actor.ts';
import { contextsIn } from '#lib/domain/challenge.ts';
import type { Callback } from './finish-sign-in.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { checkIn, failureOf, type Redeemed, redeemCode } from './redeem-code.ts';
import { findSession, type Session } from './session.ts';
import { type SignInAttempt, type StepUp, takeAttempt } from './sign-in-attempt.ts';
import { stepUpScopes } from './step-up.ts';
import { StepUpFailure } from './step-up-failure.ts';
import { openTokenCache } from './token-cache.ts';

/** A stronger sign-in made by the person of the session, as asked as far as Stint may know. Azure has the last word. */
export interface SteppedUp extends Redeemed {
  stepUp: StepUp;
  /** The session it was begun in, about to be replaced. */
  session: Session;
}

/**
 * Finishes a stronger sign-in: the attempt, once, in the browser and session that began it; the code; the id token; the
 * same person. The access token is Azure's to judge and is not looked into. Writes nothing but the record of a failure.
 * @throws StepUpFailure; unless it lapsed, that is on the record with its request.
 */
export async function finishStepUp(callback: Callback): Promise<SteppedUp> {
  const { query, browser, now, traceId } = callback;
  const state = query.get('state');
  const attempt = state && browser ? await takeAttempt({ state, browser }, now) : null;
  if (!attempt?.stepUp) throw new StepUpFailure('lapsed', null);
  const { stepUp } = attempt;
  const session = await findSession(callback.session, now, traceId);
  try {
    if (!session) throw new StepUpFailure('session_over', stepUp);
    if (session.id !== stepUp.sessionId) throw new StepUpFailure('other_session', stepUp);
    return { stepUp, session, ...(await redeem(session, query, attempt, stepUp)) };
  } catch (error) {
    const failure = asFailure(error, stepUp);
    if (!failure) throw error;
    const doer = session ? doerOf(session) : ({ kind: 'stint', job: 'step-up' } as const);
    await recordFailure(failure, doer, stepUp, error, traceId);
    throw failure;
  }
}

async function redeem(
  session: Session,
  query: URLSearchParams,
  attempt: SignInAttempt,
  stepUp: StepUp,
): Promise<Redeemed> {
  const { audience, claims } = stepUp;
  const redeemed = await oneAtATime(session.id, async () =>
    redeemCode({ query, attempt, scopes: stepUpScopes(audience), claims, cache: await cacheOf(session) }),
  );
  const { objectId, tenantId } = redeemed.person;
  if (objectId !== session.actor.objectId || tenantId !== session.actor.tenantId)
    throw new StepUpFailure('other_person', stepUp);
  if (isDowngraded(redeemed.idToken, claims)) throw new StepUpFailure('downgraded', stepUp);
  return redeemed;
}

/** The tokens the session has so far: the new one is added to them. */
async function cacheOf(session: Session): Promise<string | null> {
  const [row] = await db()
    .select({ sealed: sessions.sealedTokens })
    .from(sessions)
    .where(and(eq(sessions.id, session.id), isNull(sessions.endedAt)));
  return row?.sealed ? openTokenCache(session, row.sealed) : null;
}

/** Entra need not name contexts in the id token; where it does, the ones asked for are among them. */
function isDowngraded(idToken: string, claims: string): boolean {
  const { acrs } = decodeJwt(idToken);
  return Array.isArray(acrs) && !contextsIn(claims).every((context) => acrs.includes(context));
}

function asFailure(error: unknown, stepUp: StepUp): StepUpFailure | null {
  if (error instanceof StepUpFailure) return error;
  const reason = failureOf(error);
  if (!reason) return null;
  return new StepUpFailure(reason === 'other_tenant' ? 'other_person' : reason, stepUp, error);
}

function doerOf({ actor }: Session): Doer {
  return { kind: 'person', id: actor.objectId, name: actor.name };
}

async function recordFailure(
  { reason }: StepUpFailure,
  doer: Doer,
  { requestId, audience, claims }: StepUp,
  cause: unknown,
  traceId: string,
): Promise<void> {
  const details = { reason, audience, claims, check: checkIn(cause) };
  await transaction((tx) =>
    record(tx, {
      action: 'request.step_up_failed',
      doer,
      subject: { kind: 'request', id: requestId },
      details,
      traceId,
    }),
  );
}
