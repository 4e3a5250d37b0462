import { getTableColumns, type SQL, sql } from 'drizzle-orm';
import type { PgTable, PgUpdateSetSource } from 'drizzle-orm/pg-core';
import type { Tx } from '#db/client.ts';
import { assignments, inventoryParts, memberships, principals, responsibles } from '#db/schema/inventory.ts';
import { mirrorRoles } from '#db/schema/mirror.ts';
import { placeOf } from '#lib/domain/difference.ts';
import type { Harvest, Part } from '#lib/domain/inventory.ts';
import { keepUseEvents } from '#lib/operations/posture/keep-use-events.ts';

/** Keeps what a page brought, each row under this reading. Twice is once. */
export async function keepHarvest(tx: Tx, runId: string, { list }: Part, found: Harvest): Promise<void> {
  const seen = { seenIn: runId, firstSeenAt: sql`stint_now()`, goneAt: null };
  await upsert(
    tx,
    principals,
    ['id'],
    found.principals.map((row) => ({ ...row, list, ...seen })),
  );
  await upsert(
    tx,
    responsibles,
    ['principalId', 'responsibleId', 'as'],
    found.responsibles.map((row) => ({ ...row, list, ...seen })),
  );
  await upsert(
    tx,
    memberships,
    ['groupId', 'memberId'],
    found.memberships.map((row) => ({ ...row, ...seen })),
  );
  await upsert(
    tx,
    assignments,
    ['id'],
    found.assignments.map(({ principalName: _, principalKind: __, ...row }) => ({
      ...row,
      id: `${list} ${row.azureId}`.toLowerCase(),
      list,
      // A subscription's list shows what comes from above it, too: that belongs to the place it was made at.
      place: placeOf(row),
      ...seen,
    })),
  );
  await upsert(
    tx,
    mirrorRoles,
    ['plane', 'roleId'],
    found.roles.map((definition) => ({
      plane: definition.plane,
      roleId: definition.id,
      definition,
      isPrivileged: definition.isPrivileged,
      readAt: sql`stint_now()`,
    })),
    // Every subscription shows the built-in ones again.
    sql`${mirrorRoles.definition} is distinct from excluded.definition`,
  );
  await keepUseEvents(tx, 'azure_audit', found.useEvents);
  if (found.parts.length > 0) {
    const parts = found.parts.map((part) => ({ runId, ...part }));
    await tx.insert(inventoryParts).values(parts).onConflictDoNothing();
  }
}

/** PostgreSQL takes 65,535 parameters in a statement; no table here has more than thirty columns. */
const rowsAtOnce = 1_000;

/** Inserts rows, or makes those of the same key what they are now; when a row was first seen stays. */
async function upsert<Table extends PgTable>(
  tx: Tx,
  table: Table,
  key: readonly (keyof Table['$inferInsert'] & string)[],
  rows: Record<string, unknown>[],
  changed?: SQL,
): Promise<void> {
  const columns = getTableColumns(table);
  const kept = new Set<string>([...key, 'firstSeenAt']);
  const set = Object.fromEntries(
    Object.entries(columns)
      .filter(([name]) => !kept.has(name))
      .map(([name, column]) => [name, sql`excluded.${sql.identifier(column.name)}`]),
  );
  // One statement may touch a row only once; the last sight of it counts.
  const byKey = new Map(rows.map((row) => [key.map((name) => row[name]).join(' '), row]));
  // In one order: lanes that keep the same rows at once would wait for each other for ever.
  const once = [...byKey].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, row]) => row);
  for (let at = 0; at < once.length; at += rowsAtOnce) {
    // Drizzle types values by table; here the table is any of five.
    const values = once.slice(at, at + rowsAtOnce) as Table['$inferInsert'][];
    const target = key.map((name) => columns[name]).filter((column) => column !== undefined);
    await tx
      .insert(table)
      .values(values)
      .onConflictDoUpdate({
        target,
        set: set as PgUpdateSetSource<Table>,
        ...(changed && { setWhere: changed }),
      });
  }
}
