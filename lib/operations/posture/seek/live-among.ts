import { and, inArray, isNull, sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { principals } from '#db/schema/inventory.ts';

/** Of these approvers, who can still decide: there and not disabled. */
export async function liveAmong(ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const rows = await db()
    .select({ id: principals.id })
    .from(principals)
    .where(
      and(
        inArray(principals.id, [...new Set(ids)]),
        isNull(principals.goneAt),
        sql`${principals.enabled} is distinct from false`,
      ),
    );
  return new Set(rows.map(({ id }) => id));
}
