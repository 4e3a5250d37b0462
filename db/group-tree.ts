import { sql } from 'drizzle-orm';
import type { GroupTree } from '#lib/domain/scope-chain.ts';
import type { Reader } from './client.ts';
import { installation } from './schema/people.ts';

/**
 * Which management group lies directly above which, and above subscriptions: as the Reader last saw it, and of places it
 * does not know, as Azure told anybody of Stint's.
 */
export async function groupTree(from: Reader): Promise<GroupTree> {
  const result = await from.execute(sql`
    select id as child, parent_id as parent from scope_tree where gone_at is null
    union
    select lower(id), parent_id from child_scopes
    where parent_id like '/providers/microsoft.management/managementgroups/%'
      and not exists (select from scope_tree known where known.id = lower(child_scopes.id) and known.gone_at is null)`);
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
