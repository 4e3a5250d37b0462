import type { Part } from '#lib/domain/inventory.ts';

/** The part in which the members of a group are read; none without a group. */
export function membersOf(groupId: string | null | undefined): Part[] {
  return groupId ? [{ list: 'members', place: groupId.toLowerCase() }] : [];
}
