import type { State } from '#lib/emulator/state.ts';

/** Ids of the groups and service principals somebody owns. */
export function ownedBy({ groups, servicePrincipals }: State, ownerId: string): string[] {
  return [...groups, ...servicePrincipals]
    .filter((one) => one.ownerIds.includes(ownerId))
    .map(({ id }) => id);
}
