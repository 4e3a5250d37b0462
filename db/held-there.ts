import { sql } from 'drizzle-orm';
import type { HeldThere } from '#lib/domain/adds-words.ts';
import type { RoleAtScope } from '#lib/domain/assignment.ts';
import type { Reader } from './client.ts';

interface Asked extends RoleAtScope {
  id: string;
  requesterId: string;
  /** The scope and what is above it, lower case. */
  places: string[];
}

const mostEach = 20;

/**
 * What the person of each request has there now, or above: themselves or by groups they are in, as the Reader last saw
 * it, and what Stint knows to be on. The very role that is asked for comes first. null: the tenant was never read.
 */
export async function heldThere(
  from: Reader,
  asked: readonly Asked[],
): Promise<(id: string) => HeldThere[] | null> {
  if (asked.length === 0) return () => null;
  const places = asked.flatMap(({ places: all, ...one }) =>
    all.map((place) => sql`(${one.id}::uuid, ${one.requesterId}, ${one.plane}, ${one.roleId}, ${place})`),
  );
  const found = (await from.execute(sql`
    with asked (id, person, plane, role, place) as (values ${sql.join(places, sql`, `)}),
    holders as (
      select distinct person, person as holder from asked
      union select asked.person, m.group_id from asked join effective_members m on m.member_id = asked.person),
    held as (
      select asked.id, a.role_name, a.scope_name, lower(a.role_id) = lower(asked.role) as same, a.ends_at,
        lower(a.role_id) as role, asked.place
      from asked join holders on holders.person = asked.person
      join assignments a on a.principal_id = holders.holder and a.plane = asked.plane
      where a.gone_at is null and a.kind <> 'eligible' and lower(a.scope_id) = asked.place
        and (a.ends_at is null or a.ends_at > stint_now())
      union all
      select asked.id, r.role_name, r.scope_name, lower(r.role_id) = lower(asked.role), r.ends_at,
        lower(r.role_id), asked.place
      from asked join requests r on r.requester_id = asked.person and r.status = 'active'
      where r.plane = asked.plane and lower(r.scope_id) = asked.place)
    select * from (
      select distinct on (id, role, place) id, role_name as "roleName", scope_name as "scopeName", same as "isSame",
        ends_at as "endsAt"
      from held order by id, role, place, ends_at desc nulls first
    ) once order by id, "isSame" desc, lower("roleName")`)) as unknown as {
    rows: (Omit<HeldThere, 'endsAt'> & { id: string; endsAt: string | Date | null })[];
  };
  const read = (await from.execute(
    sql`select exists (select 1 from inventory_runs where finished_at is not null) as read`,
  )) as unknown as { rows: { read: boolean }[] };
  const of = new Map<string, HeldThere[]>();
  for (const { id, endsAt, ...held } of found.rows) {
    const all = of.get(id) ?? [];
    if (all.length < mostEach) of.set(id, [...all, { ...held, endsAt: endsAt ? new Date(endsAt) : null }]);
  }
  return (id) => of.get(id) ?? (read.rows[0]?.read ? [] : null);
}
