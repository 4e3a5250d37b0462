import { and, eq, isNull } from 'drizzle-orm';
import { announce } from '#db/changes.ts';
import { db, type Tx } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import { failPoint } from '#db/fail-points.ts';
import { enqueue, type Jobs } from '#db/queue.ts';
import { mirrorRoles } from '#db/schema/mirror.ts';
import { requests } from '#db/schema/requests.ts';
import { AzureFault } from '#lib/azure/faults.ts';
import type { PersonPorts } from '#lib/azure/ports.ts';
import { audienceOf } from '#lib/domain/plane.ts';
import { isTooLate, type ProbeState, probeDelay, type Works } from '#lib/domain/usable.ts';
import { dropTokens, tokenOf } from '#lib/operations/act-tokens.ts';
import { type Changed, change } from '#lib/operations/change.ts';
import type { Context, OpenToken } from '#lib/operations/context.ts';
import { loadRequest, mustLoad, type RequestRecord } from '#lib/operations/requests/move.ts';
import { learnSpeed } from './learn-speed.ts';

/**
 * Finds out whether an active role works already, by an allowed read with the person's own token, and comes again until
 * it does, the token is gone, or Azure has had its time. Never moves the request: what it found stands beside it.
 */
export async function probe(
  ctx: Context,
  { requestId, tries }: Jobs['probe'],
  ports: PersonPorts,
  open: OpenToken,
): Promise<void> {
  const request = await loadRequest(db(), requestId);
  if (request?.status !== 'active' || request.usableAt) return;
  const found = await ask(request, ports, open);
  failPoint('probe:after-act');
  await change(
    ctx,
    (tx) => mustLoad(tx, requestId),
    (tx, seen) => (found ? recordFound(tx, ctx, seen, found, tries) : recordUnknown(tx, seen)),
  );
  failPoint('probe:after-record');
  const isLast = found?.works !== 'not_yet';
  if (tries === 1 || isLast) await learnSpeed(request);
}

interface Found {
  works: Works;
  /** Azure said when to come again. Seconds. */
  wait: number;
}

/** null: there is no token to ask with. */
async function ask(request: RequestRecord, ports: PersonPorts, open: OpenToken): Promise<Found | null> {
  const { plane, roleId, scopeId } = request;
  const token = await tokenOf(request.id, audienceOf[plane], open);
  if (!token) return null;
  const [known] = await db()
    .select({ definition: mirrorRoles.definition })
    .from(mirrorRoles)
    .where(and(eq(mirrorRoles.plane, plane), eq(mirrorRoles.roleId, roleId)));
  const role = { plane, roleId, scopeId };
  try {
    return {
      works: await ports[plane].works(token, { role, definition: known?.definition ?? null }),
      wait: 0,
    };
  } catch (fault) {
    if (!(fault instanceof AzureFault)) throw fault;
    const later = fault.retry === 'later';
    return { works: later ? 'not_yet' : 'cannot_tell', wait: fault.retryAfterSeconds ?? 0 };
  }
}

/** The token's ten minutes are over, or there never was one: nobody knows, until the person looks at the page. */
async function recordUnknown(tx: Tx, seen: RequestRecord): Promise<Changed<null>> {
  if (seen.probe === 'trying') {
    await tx
      .update(requests)
      .set({ probe: null })
      .where(and(eq(requests.id, seen.id), eq(requests.probe, 'trying')));
    await announce(tx, [seen.requesterId]);
  }
  return { value: null, entries: [] };
}

/**
 * Fenced by what is not known yet, and not by the version: a look that is due must not be lost to it. The tokens first,
 * as ending does: two that take the same rows in another order would wait for each other.
 */
async function recordFound(
  tx: Tx,
  ctx: Context,
  seen: RequestRecord,
  { works, wait }: Found,
  tries: number,
): Promise<Changed<null>> {
  const nothing = { value: null, entries: [] };
  if (seen.status !== 'active' || seen.usableAt || !seen.activeAt) return nothing;
  const now = await clock(tx);
  const goesOn = works === 'not_yet' && !isTooLate(seen.activeAt, now);
  // One that is to end in a moment needs its token for that.
  const drops = !goesOn && !seen.endAfter;
  if (drops) await dropTokens(tx, seen.id);
  const state: ProbeState = goesOn ? 'trying' : works === 'not_yet' ? 'late' : 'cannot_tell';
  const [row] = await tx
    .update(requests)
    .set(works === 'yes' ? { usableAt: now, probe: null } : { probe: state })
    .where(
      and(
        eq(requests.id, seen.id),
        eq(requests.status, 'active'),
        isNull(requests.usableAt),
        drops ? isNull(requests.endAfter) : undefined,
      ),
    )
    .returning();
  // Somebody began to end it meanwhile, or planned to: the token is theirs, all of this is undone, and comes again.
  if (!row) throw new Error('The request moved while it was probed.');
  if (goesOn) {
    const delay = Math.max(probeDelay(tries), wait);
    await enqueue(tx, 'probe', { requestId: seen.id, tries: tries + 1, traceId: ctx.traceId }, delay);
  }
  if (seen.probe !== row.probe || row.usableAt) await announce(tx, [seen.requesterId]);
  if (works !== 'yes') return nothing;
  const details = { msAfterActive: now.getTime() - seen.activeAt.getTime(), tries };
  return {
    value: null,
    entries: [{ action: 'request.usable', subject: { kind: 'request', id: seen.id }, details }],
  };
}
