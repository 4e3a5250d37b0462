import { isNull } from 'drizzle-orm';
import type { ScopeSeen } from '#lib/domain/scope-reach.ts';
import type { Reader } from './client.ts';
import { scopeTree } from './schema/inventory.ts';

/** What hangs below which management group, as the Reader last saw it; empty: it could never be read. */
export function readTree(from: Reader): Promise<ScopeSeen[]> {
  const { id, parentId, name, kind } = scopeTree;
  return from.select({ id, parentId, name, kind }).from(scopeTree).where(isNull(scopeTree.goneAt));
}
