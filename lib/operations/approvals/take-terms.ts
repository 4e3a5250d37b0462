import { and, eq, inArray, ne, sql } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { requests } from '#db/schema/requests.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { liveStatuses } from '#lib/domain/request.ts';
import type { RequestRecord } from '#lib/operations/requests/move.ts';
import type { Less } from './less.ts';
import type { Waiting } from './seat.ts';

/** Writes less into a request, over what was seen. @throws Refusal `conflict` */
export async function takeTerms(
  tx: Tx,
  { request }: Waiting,
  { terms, place, policy }: Less,
): Promise<RequestRecord> {
  const [row] = await tx
    .update(requests)
    .set({
      ...{ minutes: terms.minutes, policy, version: sql`version + 1` },
      wantedStartAt: terms.startsAt === null ? null : new Date(terms.startsAt),
      ...(place && {
        ...{ scopeId: place.id, scopeName: place.name, scopeKind: place.kind },
        eligibleScopeId: request.eligibleScopeId ?? request.scopeId,
      }),
    })
    .where(and(eq(requests.id, request.id), eq(requests.version, request.version)))
    .returning();
  if (!row) throw new Refusal('conflict');
  return row;
}

/** @throws Refusal `already_live` when its person has the same role asked for, or on, at that place. */
export async function refuseLiveThere(tx: Tx, request: RequestRecord, scopeId: string): Promise<void> {
  const [other] = await tx
    .select({ id: requests.id })
    .from(requests)
    .where(
      and(
        eq(requests.requesterId, request.requesterId),
        eq(requests.plane, request.plane),
        eq(requests.roleId, request.roleId),
        eq(sql`lower(${requests.scopeId})`, scopeId.toLowerCase()),
        inArray(requests.status, [...liveStatuses]),
        ne(requests.id, request.id),
      ),
    )
    .limit(1);
  if (other) throw new Refusal('already_live');
}
