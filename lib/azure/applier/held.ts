import type {
  PrivilegedAccessGroupAssignmentScheduleInstance,
  UnifiedRoleAssignmentScheduleInstance,
} from '@microsoft/microsoft-graph-types';
import { lastSegment, plainScope } from '#lib/azure/arm/scope.ts';
import { entraDialect } from '#lib/azure/graph/entra.ts';
import { groupDialect } from '#lib/azure/graph/group.ts';
import type { ReaderCalls } from '#lib/azure/reader/calls.ts';
import { momentOf } from '#lib/azure/schedule.ts';
import type { RoleAtScope } from '#lib/domain/assignment.ts';

type Side = 'eligible' | 'active';

/** An assignment as it is now, of exactly this principal, role and scope. */
export interface Held {
  isActivated: boolean;
  endsAt: Date | null;
  condition: string | null;
  conditionVersion: string | null;
  /** Azure's plain role assignment behind it; null where there is none. */
  assignmentName: string | null;
}

/** What the principal has of the role there, of itself: not through a group, not from a scope above. */
export function readHeld(
  calls: ReaderCalls,
  of: RoleAtScope & { principalId: string },
  side: Side,
): Promise<Held[]> {
  return of.plane === 'azure' ? armHeld(calls, of, side) : graphHeld(calls, of, side);
}

type Instance = UnifiedRoleAssignmentScheduleInstance | PrivilegedAccessGroupAssignmentScheduleInstance;

async function graphHeld(
  calls: ReaderCalls,
  { plane, roleId, scopeId, principalId }: RoleAtScope & { principalId: string },
  side: Side,
): Promise<Held[]> {
  const { eligiblePath, activePath } = plane === 'group' ? groupDialect : entraDialect;
  const where =
    plane === 'group'
      ? `groupId eq '${scopeId}' and principalId eq '${principalId}'`
      : `principalId eq '${principalId}' and roleDefinitionId eq '${roleId}'`;
  const path = side === 'eligible' ? eligiblePath : activePath;
  const rows = await (await calls.graph()).list<Instance>(`${path}?$filter=${where}`);
  const isIt = (row: Instance) => {
    const [role, scope] =
      'directoryScopeId' in row
        ? [row.roleDefinitionId, row.directoryScopeId]
        : 'groupId' in row
          ? [row.accessId, row.groupId]
          : [null, null];
    return (
      same(role, roleId) &&
      same(scope, scopeId) &&
      same(row.principalId, principalId) &&
      same(row.memberType ?? 'direct', 'direct')
    );
  };
  return rows.filter(isIt).map((row) => ({
    isActivated: same(row.assignmentType, 'activated'),
    endsAt: momentOf(row.endDateTime),
    ...{ condition: null, conditionVersion: null, assignmentName: null },
  }));
}

async function armHeld(
  calls: ReaderCalls,
  { roleId, scopeId, principalId }: RoleAtScope & { principalId: string },
  side: Side,
): Promise<Held[]> {
  const filter = `principalId eq '${principalId}'`;
  const arm = await calls.arm();
  const rows =
    side === 'eligible'
      ? await arm.all((client) => client.roleEligibilityScheduleInstances.listForScope(scopeId, { filter }))
      : await arm.all((client) => client.roleAssignmentScheduleInstances.listForScope(scopeId, { filter }));
  return rows
    .filter(
      (row) =>
        same(lastSegment(row.roleDefinitionId), roleId) &&
        same(plainScope(row.scope ?? ''), scopeId) &&
        same(row.principalId, principalId),
    )
    .map((row) => {
      const origin = 'originRoleAssignmentId' in row ? lastSegment(row.originRoleAssignmentId) : '';
      return {
        isActivated: 'assignmentType' in row && row.assignmentType === 'Activated',
        endsAt: momentOf(row.endDateTime),
        condition: row.condition ?? null,
        conditionVersion: row.conditionVersion ?? null,
        assignmentName: origin || null,
      };
    });
}

function same(one: string | null | undefined, other: string): boolean {
  return (one ?? '').toLowerCase() === other.toLowerCase();
}
