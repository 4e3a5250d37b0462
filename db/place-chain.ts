import { sql } from 'drizzle-orm';
import type { Place } from '#lib/domain/narrower.ts';
import type { Reader } from './client.ts';
import { childScopeReads, childScopes } from './schema/child-scopes.ts';

/** Deeper than Azure's own levels go. */
const deepest = 12;

/**
 * The places from just below an eligibility's scope down to one that the person may ask for there, by what Azure told
 * them of each level; null when it told no such thing, or not within so many minutes (null: whenever).
 */
export async function placeChain(
  from: Reader,
  principalId: string,
  {
    eligibleScopeId,
    scopeId,
    freshMinutes,
  }: {
    eligibleScopeId: string;
    scopeId: string;
    freshMinutes: number | null;
  },
): Promise<Place[] | null> {
  const level = sql`jsonb_build_object('id', c.id, 'name', c.name, 'kind', c.kind)`;
  const fresh =
    freshMinutes === null
      ? sql`true`
      : sql`exists (select 1 from ${childScopeReads} r where r.principal_id = c.principal_id
          and r.parent_id = c.parent_id and r.read_at > stint_now() - make_interval(mins => ${freshMinutes}))`;
  const result = (await from.execute(sql`
    with recursive up as (
      select c.parent_id, jsonb_build_array(${level}) as path, 1 as depth
      from ${childScopes} c
      where c.principal_id = ${principalId} and lower(c.id) = lower(${scopeId}) and ${fresh}
      union all
      select c.parent_id, jsonb_build_array(${level}) || up.path, up.depth + 1
      from up join ${childScopes} c on lower(c.id) = up.parent_id
      where c.principal_id = ${principalId} and up.depth < ${deepest} and ${fresh}
        and up.parent_id <> lower(${eligibleScopeId})
    )
    select path from up where parent_id = lower(${eligibleScopeId}) order by depth limit 1
  `)) as unknown as { rows: { path: Place[] | string }[] };
  const path = result.rows[0]?.path;
  return typeof path === 'string' ? JSON.parse(path) : (path ?? null);
}
