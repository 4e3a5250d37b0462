import { and, eq, sql } from 'drizzle-orm';
import { announce } from '#db/changes.ts';
import type { Reader, Tx } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import { onScreenOf } from '#db/on-screen-of.ts';
import { requestApprovers, requests } from '#db/schema/requests.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { isLive, mayMove, type RequestStatus } from '#lib/domain/request.ts';
import type { Changed } from '#lib/operations/change.ts';
import { refreshCards } from '#lib/operations/letters/refresh-cards.ts';
import { tellOfPim } from '#lib/operations/letters/tell-of-pim.ts';
import { letFollow } from './let-follow.ts';
import { releaseNeeds } from './release-needs.ts';
import { wakeFollowers } from './wake-followers.ts';

export type RequestRecord = typeof requests.$inferSelect;
type Patch = Partial<Omit<typeof requests.$inferInsert, 'id' | 'status' | 'version'>>;

export async function loadRequest(from: Reader, id: string): Promise<RequestRecord | null> {
  const [row] = await from.select().from(requests).where(eq(requests.id, id));
  return row ?? null;
}

/**
 * Moves a request by compare-and-set: from exactly what was seen, or not at all. Says so to everyone who
 * has it on screen, and names the audit entry.
 * @throws Refusal `conflict` when someone moved it first; Error for a move that no rule knows.
 */
export async function move(
  tx: Tx,
  seen: RequestRecord,
  to: RequestStatus,
  patch: Patch,
  action: string,
  details: Record<string, unknown> = {},
): Promise<Changed<RequestRecord>> {
  if (!mayMove(seen.status, to)) throw new Error(`A request never moves from ${seen.status} to ${to}.`);
  const since = to === 'needs_you' ? { needsSince: await clock(tx) } : {};
  const moved = await write(tx, seen, { ...since, ...patch, status: to });
  await wakeFollowers(tx, seen.id, to);
  if (!isLive(to)) await letFollow(tx, seen.id);
  const released = to === 'ended' ? await releaseNeeds(tx, seen.id) : [];
  await tellOfPim(tx, seen, to);
  await refreshCards(tx, seen.id);
  await announce(tx, await onScreenOf(tx, seen.id));
  const entry = {
    action,
    subject: { kind: 'request' as const, id: seen.id },
    details: { from: seen.status, to, ...details },
  };
  return { value: moved, entries: [entry, ...released] };
}

/** Updates bookkeeping that nobody sees (the next look, misses), fenced like a move but not announced. */
export async function note(tx: Tx, seen: RequestRecord, patch: Patch): Promise<Changed<RequestRecord>> {
  return { value: await write(tx, seen, patch), entries: [] };
}

async function write(
  tx: Tx,
  seen: RequestRecord,
  patch: Patch & { status?: RequestStatus },
): Promise<RequestRecord> {
  const [row] = await tx
    .update(requests)
    .set({ ...patch, version: sql`version + 1` })
    .where(
      and(eq(requests.id, seen.id), eq(requests.status, seen.status), eq(requests.version, seen.version)),
    )
    .returning();
  if (!row) throw new Refusal('conflict');
  return row;
}

export async function approverIds(from: Reader, requestId: string): Promise<string[]> {
  const rows = await from
    .select({ id: requestApprovers.approverId })
    .from(requestApprovers)
    .where(eq(requestApprovers.requestId, requestId));
  return rows.map((row) => row.id);
}

/** For a gate: the request, seen as it is now. @throws Refusal `not_found`. */
export async function mustLoad(tx: Tx, id: string): Promise<RequestRecord> {
  const request = await loadRequest(tx, id);
  if (!request) throw new Refusal('not_found');
  return request;
}
