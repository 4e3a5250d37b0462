import type { Actor } from './actor.ts';
import { type RoleNames, roleKey } from './assignment.ts';
import { mayAdminister } from './permission.ts';
import type { Plane } from './plane.ts';

/** Roles asked for together, and the order in which they have to come. */

export const longestBundleName = 80;
export const mostInBundle = 30;
export const mostFavourites = 40;
export const mostBundles = 40;
export const mostShares = 50;

/** The key of being a member of a group: what one activates to be in it. */
export function memberKey(groupId: string): string {
  return roleKey({ plane: 'group', roleId: 'member', scopeId: groupId });
}

/** What comes first, in a sentence: a group by its own name. */
export function calledIn({ plane, roleName, scopeName }: RoleNames & { plane: Plane }): string {
  return plane === 'group' ? scopeName : roleName;
}

/** Something asked for, with the keys of the groups that would give the eligibility for it; none: it is one's own. */
interface Wanted {
  key: string;
  givers: readonly string[];
}

interface Placed {
  /** Which of the same submit has to be active first; null: none. */
  after: string | null;
  /** How many have to come before it, one after the other. */
  depth: number;
}

/** A group before what it gives. What hangs on itself, round a circle of groups, comes after nothing: nobody gives it. */
export function inOrder(wanted: readonly Wanted[]): Map<string, Placed> {
  const asked = new Set(wanted.map(({ key }) => key));
  const placed = new Map<string, Placed>();
  for (let depth = 0; depth <= asked.size; depth++) {
    const known = new Set(placed.keys());
    for (const { key, givers } of wanted) {
      if (known.has(key)) continue;
      const among = givers.filter((giver) => giver !== key && asked.has(giver));
      const after = among.find((giver) => known.has(giver)) ?? null;
      if (among.length === 0 || after) placed.set(key, { after, depth });
    }
  }
  for (const { key } of wanted) if (!placed.has(key)) placed.set(key, { after: null, depth: asked.size });
  return placed;
}

interface Kept {
  ownerId: string;
  shared: boolean;
}

/** Change, rename or remove it: its owner; once it is shared, who administers Stint. */
export function mayKeepBundle(actor: Pick<Actor, 'objectId' | 'roles'>, bundle: Kept): boolean {
  return bundle.shared ? mayAdminister(actor) : bundle.ownerId === actor.objectId;
}
