import type { Group, UnifiedRoleAssignmentScheduleInstance, User } from '@microsoft/microsoft-graph-types';
import { AzureFault } from '#lib/azure/faults.ts';
import type { GraphCalls } from '#lib/azure/graph/calls.ts';
import type { ApproverReference } from '#lib/azure/policy-rules.ts';
import type { Plane } from '#lib/domain/plane.ts';
import type { Approver } from '#lib/domain/policy.ts';
import { readPeople } from './people.ts';

/** Who decides where a policy of Entra roles or groups names nobody. Ids as Entra publishes them. */
const administrators = [
  { id: 'e8611ab8-c189-46e8-94e1-60213ab1f814', name: 'Privileged Role Administrator' },
  { id: '62e90394-69f5-4237-9190-012177145e10', name: 'Global Administrator' },
];

/** Who decides, and groups (or roles) of them, by name, whose members the Reader may not see. */
export interface Deciding {
  approvers: Approver[];
  unreadGroups: string[];
}

/** The people behind a policy's approvers, each once. Nobody named: PIM's administrators, where they can be read. */
export async function readApprovers(
  calls: GraphCalls,
  plane: Plane,
  named: readonly ApproverReference[],
): Promise<Deciding> {
  // An Azure role's policy always names somebody.
  if (named.length === 0)
    return plane === 'azure' ? { approvers: [], unreadGroups: [] } : readAdministrators(calls);
  const users = named.filter(({ kind }) => kind === 'user');
  const people = await readPeople(
    calls,
    users.map(({ id }) => id),
  );
  const direct = users.map(({ id, name }) => ({
    id,
    name: people.find((person) => person.id === id)?.name ?? (name || id),
    through: null,
  }));
  const groups = named.filter(({ kind }) => kind === 'group');
  const expanded = await Promise.all(groups.map(({ id, name }) => membersOf(calls, id, name)));
  return together([{ approvers: direct, unreadGroups: [] }, ...expanded]);
}

async function readAdministrators(calls: GraphCalls): Promise<Deciding> {
  const found = await Promise.all(
    administrators.map(async ({ id, name }) => {
      const path = '/v1.0/roleManagement/directory/roleAssignmentScheduleInstances';
      const rows = await orUnread(
        calls.list<UnifiedRoleAssignmentScheduleInstance>(`${path}?$filter=roleDefinitionId eq '${id}'`),
      );
      if (rows === 'unread') return { approvers: [], unreadGroups: [name] };
      const holders = rows.flatMap(({ principalId }) => principalId ?? []);
      const people = await readPeople(calls, holders);
      const groups = holders.filter((holder) => !people.some((person) => person.id === holder));
      const members = await Promise.all(groups.map((group) => membersOf(calls, group, '')));
      const approvers = people.map((person) => ({ id: person.id, name: person.name, through: name }));
      return together([{ approvers, unreadGroups: [] }, ...members]);
    }),
  );
  return together(found);
}

async function membersOf(calls: GraphCalls, groupId: string, name: string): Promise<Deciding> {
  const path = `/v1.0/groups/${groupId}/transitiveMembers/microsoft.graph.user?$select=id,displayName&$count=true`;
  const [members, through] = await Promise.all([
    orUnread(calls.list<User>(path)),
    name || groupName(calls, groupId),
  ]);
  if (members === 'unread') return { approvers: [], unreadGroups: [through] };
  const approvers = members.map(({ id = '', displayName }) => ({ id, name: displayName ?? id, through }));
  return { approvers, unreadGroups: [] };
}

async function groupName(calls: GraphCalls, groupId: string): Promise<string> {
  const found = await orUnread(
    calls.get<Group>(`/v1.0/groups/${groupId}?$select=id,displayName`).then((group) => [group]),
  );
  return (found !== 'unread' && found[0]?.displayName) || groupId;
}

/** A group that is gone has no members. One that is hidden has none for us; PIM still knows them. */
async function orUnread<T>(reading: Promise<T[]>): Promise<T[] | 'unread'> {
  try {
    return await reading;
  } catch (fault) {
    if (fault instanceof AzureFault && fault.kind === 'not_found') return [];
    if (fault instanceof AzureFault && fault.kind === 'not_allowed') return 'unread';
    throw fault;
  }
}

function together(some: readonly Deciding[]): Deciding {
  return {
    approvers: once(some.flatMap(({ approvers }) => approvers)),
    unreadGroups: some.flatMap(({ unreadGroups }) => unreadGroups),
  };
}

function once(approvers: Approver[]): Approver[] {
  return approvers.filter(({ id }, index) => approvers.findIndex((other) => other.id === id) === index);
}
