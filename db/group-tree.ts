import { sql } from 'drizzle-orm';
import type { GroupTree } from '#lib/domain/scope-chain.ts';
import type { Reader } from './client.ts';
import { installation } from './schema/people.ts';

/**
 * Which management groups lie above which, and above subscriptions, as far as Azure told anybody of Stint's, or the
 * last reading shows it: what a list of one place shows of another was given above it.
 */
export async function groupTree(from: Reader): Promise<GroupTree> {
  const result = await from.execute(sql`
    select lower(id) as child, parent_id as parent from child_scopes
    where parent_id like '/providers/microsoft.management/managementgroups/%'
    union
    select place, lower(scope_id) from assignments
    where gone_at is null and plane = 'azure' and place <> lower(scope_id)
      and lower(scope_id) like '/providers/microsoft.management/managementgroups/%'`);
  const tree = new Map<string, Set<string>>();
  for (const { child, parent } of (result as unknown as { rows: { child: string; parent: string }[] }).rows)
    tree.set(child, (tree.get(child) ?? new Set()).add(parent));
  return tree;
}

/** The tenant this Stint is for. */
export async function tenantOf(from: Reader): Promise<string> {
  const [row] = await from.select().from(installation).limit(1);
  return row?.tenantId ?? '';
}
