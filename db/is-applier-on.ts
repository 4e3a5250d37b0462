import { eq } from 'drizzle-orm';
import type { Plane } from '#lib/domain/plane.ts';
import { isManagementGroup, scopeChain } from '#lib/domain/scope-chain.ts';
import type { Reader } from './client.ts';
import { applierSwitches } from './schema/reviews.ts';
import { treeJustRead } from './tree-just-read.ts';

/**
 * Whether an administrator has switched the Applier on for a plane, or for a scope that holds this one (lower case). What
 * a management group holds is what the last reading saw below it; where it did not read that whole, the group itself.
 */
export async function isApplierOn(
  from: Reader,
  { plane, scopeId }: { plane: Plane; scopeId: string },
): Promise<boolean> {
  const { scopeId: place } = applierSwitches;
  const rows = await from.select({ place }).from(applierSwitches).where(eq(applierSwitches.plane, plane));
  const on = new Set(rows.map((row) => row.place));
  const isBelow = (place: string) => scopeId === place || scopeId.startsWith(`${place}/`);
  if (on.has('/') || [...on].some(isBelow)) return true;
  if (plane !== 'azure' || ![...on].some(isManagementGroup)) return false;
  return scopeChain({ plane, scopeId }, await treeJustRead(from), '').chain.some((above) => on.has(above));
}
