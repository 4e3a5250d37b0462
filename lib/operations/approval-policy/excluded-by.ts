import { inArray, sql } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { lastFullStart } from '#db/latest-parts.ts';
import { effectiveMembers } from '#db/schema/posture.ts';
import type { Stage } from '#lib/domain/approval-policy.ts';
import { isReadLately } from '#lib/operations/apply/is-read-lately.ts';
import { readWithinHours } from './read-within.ts';

/**
 * Why somebody is excluded from a stage: themselves, as a member of an excluded group, with another account of theirs, or
 * since it is not known now who is in one. null: they are not.
 */
export async function excludedBy(
  tx: Tx,
  { excluded }: Stage,
  accountsOf: (id: string) => string[],
): Promise<(id: string) => string | null> {
  if (excluded.length === 0) return () => null;
  const ids = excluded.map(({ id }) => id);
  const why = new Map(ids.map((id) => [id, 'is excluded']));
  const members = await tx.select().from(effectiveMembers).where(inArray(effectiveMembers.groupId, ids));
  const nameOf = (id: string) => excluded.find((one) => one.id === id)?.name ?? id;
  for (const { groupId, memberId } of members)
    if (!why.has(memberId)) why.set(memberId, `is in ${nameOf(groupId)}, which is excluded`);
  const groups = await excludedGroups(tx, { excluded });
  const isLate = groups.length > 0 && !(await isReadLately(tx, readWithinHours));
  const unread = groups.find(({ isRead }) => isLate || !isRead);
  const doubt = unread ? `may be in ${unread.name}, which is excluded and was not read lately` : null;
  return (id) => {
    const own = why.get(id);
    const others = accountsOf(id).flatMap((account) => why.get(account) ?? []);
    return own ?? (others[0] ? `has another account, which ${others[0]}` : doubt);
  };
}

/**
 * Whatever is excluded and not known to be a person: groups, for all that is known. `isRead`: the last whole reading, or a
 * look since, saw who is in it, or that it is gone.
 */
export async function excludedGroups(
  tx: Tx,
  { excluded }: Pick<Stage, 'excluded'>,
): Promise<{ id: string; name: string; isRead: boolean }[]> {
  if (excluded.length === 0) return [];
  const result = await tx.execute(sql`
    select named.id, named.name, coalesce(p.gone_at is not null or (
        select part.state = 'done' from inventory_parts part join inventory_runs run on run.id = part.run_id
        where part.list = 'members' and part.place = lower(named.id)
          and run.finished_at is not null and run.started_at >= ${lastFullStart}
        order by run.started_at desc limit 1), false) as "isRead"
    from jsonb_to_recordset(${JSON.stringify(excluded)}::jsonb) as named(id text, name text)
    left join principals p on p.id = named.id
    where coalesce(p.kind, 'unknown') in ('group', 'unknown')
      and not exists (select 1 from people where object_id = named.id)`);
  return (result as unknown as { rows: { id: string; name: string; isRead: boolean }[] }).rows;
}
