import { randomUUID } from 'node:crypto';
import type { Plane } from '#lib/emulator/state.ts';
import type { Caller, World } from '#lib/emulator/wire.ts';
import { actorOf, objectTarget, pimActors, writeAudit } from './audit.ts';

/** The directory's own row about a change made by hand; the first id is what was changed. */
export function auditDirectory(
  { world, caller }: { world: World; caller: Caller },
  activity: string,
  category: string,
  ids: string[],
): void {
  writeAudit(world, {
    service: 'Core Directory',
    category,
    activity,
    operationType: operationOf(activity),
    result: 'success',
    reason: '',
    correlationId: randomUUID(),
    initiatedBy: actorOf(world, caller),
    targets: ids.map((id) => objectTarget(world.state, id)),
    details: [],
  });
}

interface Membership {
  plane: Plane;
  principalId: string;
  role: string;
  scope: string;
}

/** The directory's row about a role or a membership that begins or ends, by PIM or by somebody past it. Azure roles are not its matter. */
export function auditMembership(
  world: World,
  change: 'Add' | 'Remove',
  { plane, principalId, role, scope }: Membership,
  { at, by }: { at?: number; by?: Caller } = {},
): void {
  if (plane === 'azure') return;
  const { state } = world;
  const what = plane === 'group' ? `${role} ${change === 'Add' ? 'to' : 'from'} group` : '';
  const activity = what ? `${change} ${what}` : `${change} member ${change === 'Add' ? 'to' : 'from'} role`;
  writeAudit(world, {
    ...(at !== undefined && { at }),
    service: 'Core Directory',
    category: plane === 'group' ? 'GroupManagement' : 'RoleManagement',
    activity,
    operationType: change === 'Add' ? 'Assign' : 'Unassign',
    result: 'success',
    reason: '',
    correlationId: randomUUID(),
    initiatedBy: by ? actorOf(world, by) : pimActors.directory,
    targets: [objectTarget(state, principalId), objectTarget(state, plane === 'group' ? scope : role)],
    details: [],
  });
}

function operationOf(activity: string): string {
  if (/^(Add member|Add owner)/.test(activity)) return 'Assign';
  if (/^(Remove member|Remove owner)/.test(activity)) return 'Unassign';
  if (/^(Delete|Remove)/.test(activity)) return 'Delete';
  return activity.startsWith('Add') ? 'Add' : 'Update';
}
