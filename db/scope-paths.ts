import { sql } from 'drizzle-orm';
import type { RoleAtScope } from '#lib/domain/assignment.ts';
import type { Reader } from './client.ts';

type Asked = RoleAtScope & { id: string; requesterId: string };

/** A place above a scope, or the scope itself; the id in lower case. */
export interface ScopeLevel {
  id: string;
  /** null: nobody told Stint. */
  name: string | null;
}

const levels = [
  /^\/subscriptions\/[^/]+/i,
  /^\/subscriptions\/[^/]+\/resourcegroups\/[^/]+/i,
  /^\/subscriptions\/[^/]+\/resourcegroups\/[^/]+\/providers\/[^/]+\/[^/]+\/[^/]+/i,
];

/**
 * From the widest place that is known down to the scope of each request itself. What a path does not tell, names of
 * subscriptions and the management groups above them, the Reader saw; where it could not, it is taken from what Azure told
 * its person, and of who holds what.
 */
export async function scopePaths(
  from: Reader,
  asked: readonly Asked[],
): Promise<(id: string) => ScopeLevel[]> {
  const azure = asked.filter(({ plane }) => plane === 'azure');
  const told = await toldOf(from, azure);
  const paths = new Map(asked.map((one) => [one.id, pathOf(one, told)]));
  return (id) => paths.get(id) ?? [];
}

interface Told {
  nameOf: (place: string) => string | null;
  parentOf: (person: string, place: string) => string | null;
}

function pathOf({ plane, scopeId, requesterId }: Asked, { nameOf, parentOf }: Told): ScopeLevel[] {
  if (plane === 'group') return [{ id: scopeId.toLowerCase(), name: null }];
  if (plane === 'entra')
    return [...new Set(['/', scopeId.toLowerCase()])].map((id) => ({
      id,
      name: id === '/' ? 'Directory' : null,
    }));
  const own = [...new Set([...levels.flatMap((level) => level.exec(scopeId)?.[0] ?? []), scopeId])];
  const path = own.map((place) => ({
    id: place.toLowerCase(),
    name:
      nameOf(place.toLowerCase()) ?? (place.split('/').length > 3 ? (place.split('/').at(-1) ?? null) : null),
  }));
  for (let depth = 0; depth < deepest; depth++) {
    const above = parentOf(requesterId, path[0]?.id ?? '');
    if (!above || path.some(({ id }) => id === above)) break;
    path.unshift({ id: above, name: nameOf(above) });
  }
  return path;
}

/** Azure has six levels of management groups. */
const deepest = 8;

async function toldOf(from: Reader, asked: readonly Asked[]): Promise<Told> {
  if (asked.length === 0) return { nameOf: () => null, parentOf: () => null };
  const people = [...new Set(asked.map(({ requesterId }) => requesterId))];
  const homes = [
    ...new Set(asked.map(({ scopeId }) => (levels[0]?.exec(scopeId)?.[0] ?? scopeId).toLowerCase())),
  ];
  const subscriptions = homes.filter((home) => home.startsWith('/subscriptions/'));
  const found = (await from.execute(sql`
    with recursive up as (
      select id, name, parent_id from scope_tree where id in ${homes} and gone_at is null
      union
      select above.id, above.name, above.parent_id
      from up join scope_tree above on above.id = up.parent_id and above.gone_at is null)
    select principal_id as person, lower(id) as id, name, parent_id as parent from child_scopes
    where principal_id in ${people} and kind in ('management_group', 'subscription')
    union all
    select '', lower(scope_id), scope_name, null from mirror_eligible
    where principal_id in ${people} and scope_kind in ('management_group', 'subscription')
    ${
      subscriptions.length > 0
        ? sql`union all
    select '', place, (
      select a.scope_name from assignments a
      where a.list in ('azure_active', 'azure_eligible') and a.place = named.place and lower(a.scope_id) = named.place
        and a.gone_at is null limit 1), null
    from (values ${sql.join(
      subscriptions.map((place) => sql`(${place}::text)`),
      sql`, `,
    )}) named (place)`
        : sql``
    }
    union all
    select null, id, name, parent_id from up`)) as unknown as { rows: ToldRow[] };
  const names = new Map<string, string>();
  const parents = new Map<string, string>();
  for (const { person, id, name, parent } of found.rows) {
    if (name) names.set(id, name);
    if (parent) parents.set(person === null ? id : `${person} ${id}`, parent);
  }
  return {
    nameOf: (place) => names.get(place) ?? null,
    parentOf: (person, place) => parents.get(place) ?? parents.get(`${person} ${place}`) ?? null,
  };
}

interface ToldRow {
  /** Who was told; null: the Reader saw it. */
  person: string | null;
  id: string;
  name: string | null;
  parent: string | null;
}
