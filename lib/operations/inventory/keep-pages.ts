import { sql } from 'drizzle-orm';
import { transaction } from '#db/client.ts';
import type { Harvest } from '#lib/domain/inventory.ts';
import { addPolicyParts } from './add-policy-parts.ts';
import { keepHarvest } from './keep-harvest.ts';
import { newLease, type PartRow } from './parts.ts';

/** A page of a part that was read at the part's cursor. */
export interface PageRead {
  part: PartRow;
  found: Harvest;
}

/**
 * Keeps pages together with the places where their lists go on: all of it or nothing. Answers those kept; the others
 * somebody else has read meanwhile, after our lease was over. A reading that is over takes nothing more.
 */
export function keepPages(runId: string, pages: readonly PageRead[]): Promise<PageRead[]> {
  const moves = pages.map(({ part: { list, place, cursor }, found }) => ({
    ...{ list, place, cursor, next: found.next, rows: rowsOf(found), unclear: found.unclear },
  }));
  return transaction(async (tx) => {
    const moved = await tx.execute(sql`
      update inventory_parts part set
        cursor = page.next, state = case when page.next is null then 'done' else 'waiting' end,
        pages = part.pages + 1, rows = part.rows + page.rows, unclear = part.unclear + page.unclear,
        leased_until = ${newLease()}, tries = 0, failure = null
      from json_to_recordset(${JSON.stringify(moves)}::json)
        as page(list text, place text, cursor text, next text, rows int, unclear int)
      where part.run_id = ${runId} and part.list = page.list and part.place = page.place
        and part.state = 'waiting' and part.cursor is not distinct from page.cursor
        and exists (select 1 from inventory_runs where id = ${runId} and finished_at is null)
      returning part.list, part.place`);
    const { rows } = moved as unknown as { rows: { list: string; place: string }[] };
    const ours = new Set(rows.map(({ list, place }) => `${list} ${place}`));
    const kept = pages.filter(({ part: { list, place } }) => ours.has(`${list} ${place}`));
    await keepHarvest(tx, runId, kept);
    // While other lists are still read: as a tail of its own it would prolong the reading.
    if (kept.some(({ part, found }) => part.list === 'azure_eligible' && found.next === null))
      await addPolicyParts(tx, runId);
    return kept;
  });
}

function rowsOf({ parts, responsibles, unclear: _, next: __, ...things }: Harvest): number {
  const count = Object.values(things).reduce((sum, some) => sum + some.length, 0);
  return count > 0 ? count : responsibles.length + parts.length;
}
