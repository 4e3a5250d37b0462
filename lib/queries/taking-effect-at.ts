import { type SQL, sql } from 'drizzle-orm';
import { assignments } from '#db/schema/inventory.ts';
import { pathChain } from '#lib/domain/scope-chain.ts';

const groups = '/providers/microsoft.management/managementgroups/';

/**
 * Azure roles given at a place or above it: all that takes effect there. The place is an ARM scope, the name of a
 * subscription or management group, or the id of one; what nobody knows has nothing.
 */
export function takingEffectAt(typed: string): SQL {
  const place = typed.toLowerCase().replace(/(?<=.)\/+$/, '');
  const path = place.startsWith('/') ? pathChain({ plane: 'azure', scopeId: place }) : [];
  const named = [...path, `/subscriptions/${place}`, `${groups}${place}`];
  return sql`${assignments.plane} = 'azure' and lower(${assignments.scopeId}) in (
    with recursive up as (
      select id, parent_id from scope_tree where gone_at is null and (id in ${named} or lower(name) = ${place})
      union
      select above.id, above.parent_id
      from up join scope_tree above on above.id = up.parent_id and above.gone_at is null)
    select id from up union select parent_id from up
    union select '/' where ${path.length > 0} or exists (select from up)
    union select jsonb_array_elements_text(${JSON.stringify(named)}::jsonb))`;
}
