import { eq } from 'drizzle-orm';
import { db, type Tx } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import { requests } from '#db/schema/requests.ts';
import type { PersonPorts } from '#lib/azure/ports.ts';
import { roleKey } from '#lib/domain/assignment.ts';
import { calledIn } from '#lib/domain/bundle.ts';
import { isLive, statusNames } from '#lib/domain/request.ts';
import { dropTokens } from '#lib/operations/act-tokens.ts';
import { change } from '#lib/operations/change.ts';
import type { Context } from '#lib/operations/context.ts';
import { isInDoubt, stayInDoubt } from './in-doubt.ts';
import { loadRequest, move, mustLoad, note, type RequestRecord } from './move.ts';

/** Azure may not list at once what a group gives: asked again after so many seconds, as long as the token lasts. */
const askAgainSeconds = 10;

/**
 * The request once its turn has come; null while what comes first is not active: Azure is not asked, and the person's
 * token lies untouched. When that one will not be, this one has failed, and says why.
 */
export async function inItsTurn(ctx: Context, request: RequestRecord): Promise<RequestRecord | null> {
  if (request.status !== 'filed' || !request.afterId) return request;
  const first = await loadRequest(db(), request.afterId);
  // Read again after the other: while that one was not active, the person may have taken this one back.
  if (first?.status === 'active') return loadRequest(db(), request.id);
  if (first && !isLive(first.status))
    await (isInDoubt(request) ? stayInDoubt(ctx, request.id) : cannotCome(ctx, request.id, first));
  return null;
}

async function cannotCome(ctx: Context, requestId: string, first: RequestRecord): Promise<void> {
  const how = statusNames[first.status].toLowerCase();
  // Its turn may have come while that one was active.
  const asked = first.activeAt === null ? ' Azure was not asked for this.' : '';
  const failure = `${calledIn(first)} has to be active first, and is not: ${how}.${asked} Ask for both again.`;
  await change(
    ctx,
    (tx) => mustLoad(tx, requestId),
    async (tx, seen) => {
      if (seen.status !== 'filed') return { value: null, entries: [] };
      await dropTokens(tx, requestId);
      const endedAt = await clock(tx);
      return move(tx, seen, 'failed', { failure, endedAt, checkAt: null }, 'request.failed', { failure });
    },
  );
}

/**
 * The request with what Azure calls its eligibility. One that a group gives has no name until Azure lists it for the
 * person. null: it does not yet, and the next look asks again.
 */
export async function withEligibility(
  ctx: Context,
  request: RequestRecord,
  ports: PersonPorts,
  token: string,
): Promise<RequestRecord | null> {
  if (request.eligibilityId) return request;
  const listed = await ports[request.plane].eligible(token, request.requesterId);
  const key = roleKey({ ...request, scopeId: request.eligibleScopeId ?? request.scopeId });
  const found = listed.find((one) => roleKey(one) === key)?.eligibilityId ?? null;
  return change(
    ctx,
    (tx) => mustLoad(tx, request.id),
    async (tx, seen) => {
      if (seen.status !== 'filed') return { value: null, entries: [] };
      if (found) return note(tx, seen, { eligibilityId: found });
      const soon = new Date((await clock(tx)).getTime() + askAgainSeconds * 1000);
      await note(tx, seen, { checkAt: soon });
      return { value: null, entries: [] };
    },
  );
}

/**
 * Whether it waits for another, which stays as it is until this transaction is over. Once that one was active, Azure
 * may have been asked.
 */
export async function isHeldBack(tx: Tx, { status, afterId }: RequestRecord): Promise<boolean> {
  if (status !== 'filed' || !afterId) return false;
  const [first] = await tx.select().from(requests).where(eq(requests.id, afterId)).for('update');
  return first !== undefined && first.activeAt === null;
}
