import { type SQL, sql } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { outsideRoles } from '#db/schema/posture.ts';
import { placeOf } from '#lib/domain/difference.ts';
import type { Part } from '#lib/domain/inventory.ts';
import type { OutsideSeen } from '#lib/domain/outside-role.ts';
import { placeKept } from './narrowed.ts';
import { upsert } from './upsert.ts';

interface Seen {
  seenIn: string;
  firstSeenAt: SQL;
  goneAt: null;
}

/** Keeps what pages showed of privilege outside roles. A name that was found once stays where a list tells none. */
export async function keepOutside(
  tx: Tx,
  pages: readonly { part: Part; found: { outside: readonly OutsideSeen[] } }[],
  seen: Seen,
): Promise<void> {
  const rows = pages.flatMap(({ part: { list, place }, found }) =>
    found.outside.map((row) => ({
      ...row,
      id: `${row.kind} ${row.azureId}`.toLowerCase(),
      list,
      // A subscription's list shows what comes from above it, too: that belongs to the place it was made at.
      place:
        list === 'deny_assignments'
          ? placeOf({ plane: 'azure', roleId: '', scopeId: row.targetId })
          : placeKept(list, place),
      ...seen,
    })),
  );
  const names = ['principalId', 'principalName', 'targetName'] as const;
  // What a delegation gives is named afterwards; of all else an empty text says that nothing is left.
  const isNamedLater = ({ kind }: { kind: string }) => kind === 'lighthouse';
  const delegations = rows.filter(isNamedLater);
  const others = rows.filter((row) => !isNamedLater(row));
  await upsert(tx, outsideRoles, ['id'], others, { completed: names });
  await upsert(tx, outsideRoles, ['id'], delegations, { completed: [...names, 'what'] });
}

/**
 * Gives names to what lists tell only by id, when everything is read: whose credential it is, who holds a consent,
 * which role a delegation gives, whose address a classic administrator's is.
 */
export async function nameOutside(tx: Tx): Promise<void> {
  const current = sql`row.gone_at is null`;
  await tx.execute(sql`
    update outside_roles row set principal_id = p.id from principals p
    where ${current} and row.principal_id is null and p.gone_at is null
      and (row.kind in ('credential', 'federated_credential') and p.app_id = lower(row.details->>'appId')
        or row.kind = 'classic_administrator' and lower(p.upn) = lower(row.details->>'email'))`);
  await tx.execute(sql`
    update outside_roles row set principal_name = p.name from principals p
    where ${current} and p.id = row.principal_id and p.name <> row.principal_name`);
  await tx.execute(sql`
    update outside_roles row set target_name = p.name from principals p
    where ${current} and p.id = row.target_id and p.name <> row.target_name`);
  await tx.execute(sql`
    update outside_roles row set target_name = scope.name
    from (select lower(scope_id) as id, max(scope_name) as name from assignments
      where plane = 'azure' and gone_at is null group by 1) scope
    where ${current} and row.target_name = '' and scope.id = row.target_id`);
  await tx.execute(sql`
    update outside_roles row set what = role.definition->>'name' from mirror_roles role
    where ${current} and row.what = '' and row.kind = 'lighthouse'
      and role.plane = 'azure' and role.role_id = row.details->>'roleId'`);
}
