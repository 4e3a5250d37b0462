import type { DenyAssignment } from '#lib/emulator/arm-state.ts';
import { groupsOf } from '#lib/emulator/pim/holdings.ts';
import type { World } from '#lib/emulator/wire.ts';
import { matchesAction } from './matches-action.ts';
import { covers } from './scopes.ts';

/** Everyone, as deny assignments name them. */
export const EVERYONE = '00000000-0000-0000-0000-000000000000';

/** The deny assignment that forbids a principal an action at a canonical scope; null when none does. */
export function denying(
  world: World,
  principalId: string,
  action: string,
  scope: string,
): DenyAssignment | null {
  const { denyAssignments = [] } = world.state;
  const near = denyAssignments.filter((one) => reaches(world, one, scope) && forbids(one, action));
  if (near.length === 0) return null;
  const names = new Set([principalId, EVERYONE, ...groupsOf(world, principalId)]);
  const named = (principals: { id: string }[]) => principals.some(({ id }) => names.has(id));
  return near.find((one) => named(one.principals) && !named(one.excludePrincipals)) ?? null;
}

function reaches({ state }: World, one: DenyAssignment, scope: string): boolean {
  return one.doNotApplyToChildScopes ? one.scope === scope : covers(state, one.scope, scope);
}

function forbids({ permissions }: DenyAssignment, action: string): boolean {
  return permissions.some(
    ({ actions, notActions }) =>
      actions.some((pattern) => matchesAction(pattern, action)) &&
      !notActions.some((pattern) => matchesAction(pattern, action)),
  );
}
