import type { Group, State } from '#lib/emulator/state.ts';

interface Index {
  seen: { list: string[]; count: number; last: string | undefined }[];
  groupsOf: Map<string, string[]>;
}

const indexes = new WeakMap<Group[], Index>();

/** Groups that have this principal as a permanent member, not counting nested ones. */
export function groupsWithMember({ groups }: State, memberId: string): readonly string[] {
  let index = indexes.get(groups);
  if (!index || !isFresh(index, groups)) {
    index = read(groups);
    indexes.set(groups, index);
  }
  return index.groupsOf.get(memberId) ?? [];
}

function isFresh({ seen }: Index, groups: Group[]): boolean {
  if (seen.length !== groups.length) return false;
  return groups.every(({ memberIds }, position) => {
    const before = seen[position];
    return (
      before?.list === memberIds && before.count === memberIds.length && before.last === memberIds.at(-1)
    );
  });
}

function read(groups: Group[]): Index {
  const groupsOf = new Map<string, string[]>();
  for (const { id, memberIds } of groups) {
    for (const memberId of memberIds) {
      const own = groupsOf.get(memberId);
      if (own) own.push(id);
      else groupsOf.set(memberId, [id]);
    }
  }
  const seen = groups.map(({ memberIds }) => ({
    list: memberIds,
    count: memberIds.length,
    last: memberIds.at(-1),
  }));
  return { seen, groupsOf };
}
