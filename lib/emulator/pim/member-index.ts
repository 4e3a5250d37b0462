import type { Group, State } from '#lib/emulator/state.ts';

const indexes = new WeakMap<Group[], { count: number; groupsOf: Map<string, string[]> }>();

/** Groups that have this principal as a permanent member, not counting nested ones. */
export function groupsWithMember({ groups }: State, memberId: string): readonly string[] {
  let index = indexes.get(groups);
  if (index?.count !== groups.length) {
    index = { count: groups.length, groupsOf: read(groups) };
    indexes.set(groups, index);
  }
  return index.groupsOf.get(memberId) ?? [];
}

/** The only way to change who is in a group: what is known of everybody's groups is read anew. */
export function setMembers({ groups }: State, group: Group, memberIds: string[]): void {
  group.memberIds = memberIds;
  indexes.delete(groups);
}

function read(groups: Group[]): Map<string, string[]> {
  const groupsOf = new Map<string, string[]>();
  for (const { id, memberIds } of groups) {
    for (const memberId of memberIds) {
      const own = groupsOf.get(memberId);
      if (own) own.push(id);
      else groupsOf.set(memberId, [id]);
    }
  }
  return groupsOf;
}
