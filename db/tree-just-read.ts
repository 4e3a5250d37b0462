import { sql } from 'drizzle-orm';
import type { GroupTree } from '#lib/domain/scope-chain.ts';
import type { Reader } from './client.ts';
import { latestParts } from './latest-parts.ts';
import { readTree } from './scope-tree.ts';

/** What hangs below what, if the last reading read it to its end; nothing else is good enough to take away by. */
export async function treeJustRead(from: Reader): Promise<GroupTree> {
  const result = await from.execute(sql`select state from ${latestParts} latest where list = 'azure_tree'`);
  const [read] = (result as unknown as { rows: { state: string }[] }).rows;
  if (read?.state !== 'done') return new Map();
  return new Map((await readTree(from)).map(({ id, parentId }) => [id, new Set([parentId])]));
}
