import { randomUUID } from 'node:crypto';
import { and, eq, isNull, sql } from 'drizzle-orm';
import type { PgInsertValue } from 'drizzle-orm/pg-core';
import { among } from '#db/among.ts';
import type { Tx } from '#db/client.ts';
import { differences } from '#db/schema/watch.ts';
import { slices } from '#db/slices.ts';
import type { ActivationSeen, TenantReading } from '#lib/azure/ports.ts';
import { type Difference, endOf, holdingKey, placeOf } from '#lib/domain/difference.ts';
import type { Plane } from '#lib/domain/plane.ts';
import type { Told } from '#lib/operations/change.ts';
import type { RequestRecord } from '#lib/operations/requests/move.ts';

type Found = Difference<ActivationSeen, RequestRecord>;

/**
 * Keeps the differences of a reading: new ones begin, those found again go on, those not found any more end, if
 * their place answered.
 */
export async function keepDifferences(
  tx: Tx,
  plane: Plane,
  reading: TenantReading,
  found: readonly Found[],
): Promise<Told[]> {
  const open = await tx
    .select()
    .from(differences)
    .where(and(eq(differences.plane, plane), isNull(differences.resolvedAt)));
  const before = new Map(open.map((row) => [`${row.kind} ${holdingKey(row.principalId, row)}`, row]));
  const entries: Told[] = [];
  const again: string[] = [];
  const fresh: PgInsertValue<typeof differences>[] = [];
  for (const { kind, held, recorded } of found) {
    const role = held ?? recorded;
    const principalId = held?.principalId ?? recorded?.requesterId;
    if (!role || !principalId) continue;
    const key = `${kind} ${holdingKey(principalId, role)}`;
    const known = before.get(key);
    before.delete(key);
    if (known) {
      again.push(known.id);
      continue;
    }
    const { roleId, scopeId, roleName, scopeName, scopeKind } = role;
    const principalName = recorded?.requesterName ?? held?.principalName ?? principalId;
    const facts = { roleId, scopeId, roleName, scopeName, principalId, principalName };
    const id = randomUUID();
    fresh.push({
      ...{ id, kind, plane, scopeKind, ...facts, requestId: recorded?.id ?? null },
      firstSeenAt: sql`stint_now()`,
      lastSeenAt: sql`stint_now()`,
    });
    entries.push({
      action: 'difference.seen',
      subject: { kind: 'difference', id },
      details: { kind, plane, ...facts, requestId: recorded?.id ?? null, heldUntil: held?.endsAt ?? null },
    });
  }
  await tx.update(differences).set({ lastSeenAt: sql`stint_now()` }).where(among(differences.id, again));
  for (const slice of slices(fresh)) await tx.insert(differences).values(slice);
  return [...entries, ...(await resolve(tx, reading, [...before.values()]))];
}

async function resolve(
  tx: Tx,
  { places, held }: TenantReading,
  gone: (typeof differences.$inferSelect)[],
): Promise<Told[]> {
  const answered = new Set(places);
  const shown = new Set(held.map((row) => holdingKey(row.principalId, row)));
  const entries: Told[] = [];
  for (const row of gone) {
    const isHeld = shown.has(holdingKey(row.principalId, row));
    if (!isHeld && !answered.has(placeOf(row))) continue;
    const resolution = endOf(row.kind, isHeld);
    await tx
      .update(differences)
      .set({ resolution, resolvedAt: sql`stint_now()` })
      .where(and(eq(differences.id, row.id), isNull(differences.resolvedAt)));
    entries.push({
      action: 'difference.resolved',
      subject: { kind: 'difference', id: row.id },
      details: { kind: row.kind, resolution, requestId: row.requestId },
    });
  }
  return entries;
}
