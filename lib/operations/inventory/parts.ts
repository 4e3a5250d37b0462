/** The parts of a reading: who has them in hand, and where they stand. Leases go by the machine's clock: the sandbox's may be moved. */
import { and, eq, type SQL, sql } from 'drizzle-orm';
import { transaction } from '#db/client.ts';
import { inventoryParts } from '#db/schema/inventory.ts';
import type { Part } from '#lib/domain/inventory.ts';

export type PartRow = typeof inventoryParts.$inferSelect;

export interface Settled {
  state?: 'done' | 'failed';
  failure?: string;
  leasedUntil?: SQL;
}

/** A page takes seconds; who dies with a part in hand gives it back after this. */
const leaseSeconds = 60;

/** Up to so many parts that nobody has in hand, those begun before the others. */
export async function takeParts(runId: string, most: number): Promise<PartRow[]> {
  return transaction(async (tx) => {
    const free = await tx
      .select()
      .from(inventoryParts)
      .where(
        and(
          eq(inventoryParts.runId, runId),
          eq(inventoryParts.state, 'waiting'),
          sql`(${inventoryParts.leasedUntil} is null or ${inventoryParts.leasedUntil} < now())`,
        ),
      )
      .orderBy(inventoryParts.leasedUntil)
      .limit(most)
      .for('update', { skipLocked: true });
    if (free.length === 0) return [];
    await tx
      .update(inventoryParts)
      .set({ leasedUntil: newLease(), tries: sql`${inventoryParts.tries} + 1` })
      .where(and(eq(inventoryParts.runId, runId), isOneOf(free)));
    return free.map((part) => ({ ...part, tries: part.tries + 1 }));
  });
}

/** Only while the part is where we left it: another lane may have it by now. */
export function settle(part: PartRow, set: Settled): Promise<void> {
  return transaction(async (tx) => {
    await tx
      .update(inventoryParts)
      .set(set)
      .where(
        and(
          eq(inventoryParts.runId, part.runId),
          isOneOf([part]),
          eq(inventoryParts.state, 'waiting'),
          sql`${inventoryParts.cursor} is not distinct from ${part.cursor}`,
        ),
      );
  });
}

function isOneOf(parts: readonly Part[]): SQL {
  const pairs = parts.map(({ list, place }) => sql`(${list}, ${place})`);
  return sql`(${inventoryParts.list}, ${inventoryParts.place}) in (${sql.join(pairs, sql`, `)})`;
}

export function newLease(): SQL {
  return inSeconds(leaseSeconds);
}

export function inSeconds(seconds: number): SQL {
  return sql`now() + make_interval(secs => ${seconds})`;
}
