import { findById } from '#lib/emulator/by-id.ts';
import type { World } from '#lib/emulator/wire.ts';

/** Whether PIM knows the user, group or service principal: news of a fresh one takes the tenant's delay of its kind. */
export function isKnownPrincipal({ state, now }: World, id: string): boolean {
  const { group = 0, principal = 0 } = state.consistency ?? {};
  const found =
    findById<{ id: string; createdAt: number }>(state.users, id) ?? findById(state.servicePrincipals, id);
  if (found) return found.createdAt + principal <= now();
  const asGroup = findById(state.groups, id);
  return asGroup !== undefined && asGroup.createdAt + group <= now();
}
