import type {
  PrivilegedAccessGroupAssignmentScheduleInstance,
  UnifiedRoleAssignmentScheduleInstance,
} from '@microsoft/microsoft-graph-types';
import { activeOf } from '#lib/azure/arm/translate.ts';
import { entraDialect } from '#lib/azure/graph/entra.ts';
import { groupDialect } from '#lib/azure/graph/group.ts';
import { type ActiveAssignment, type RoleAtScope, roleKey } from '#lib/domain/assignment.ts';
import type { ReaderCalls } from './calls.ts';

/** The newest activation the principal holds of exactly this role at exactly this scope; null when none is visible. */
export async function readActivated(
  calls: ReaderCalls,
  role: RoleAtScope,
  principalId: string,
): Promise<ActiveAssignment | null> {
  const rows = await activeRows(calls, role, principalId);
  const held = rows.filter((row) => row.kind === 'activated' && roleKey(row) === roleKey(role));
  // A replica may still show the one before.
  const began = ({ startsAt }: ActiveAssignment) => startsAt?.getTime() ?? 0;
  return held.toSorted((one, other) => began(other) - began(one))[0] ?? null;
}

async function activeRows(
  calls: ReaderCalls,
  { plane, roleId, scopeId }: RoleAtScope,
  principalId: string,
): Promise<ActiveAssignment[]> {
  if (plane === 'azure') {
    const filter = `principalId eq '${principalId}'`;
    const rows = await (await calls.arm()).all((client) =>
      client.roleAssignmentScheduleInstances.listForScope(scopeId, { filter }),
    );
    return rows.filter((row) => row.principalId === principalId).map(activeOf);
  }
  if (plane === 'entra') {
    const filter = `principalId eq '${principalId}' and roleDefinitionId eq '${roleId}'`;
    const rows = await (await calls.graph()).list<UnifiedRoleAssignmentScheduleInstance>(
      `${entraDialect.activePath}?$filter=${filter}&$expand=roleDefinition,directoryScope`,
    );
    return rows.map(entraDialect.active);
  }
  const filter = `groupId eq '${scopeId}' and principalId eq '${principalId}'`;
  const rows = await (await calls.graph()).list<PrivilegedAccessGroupAssignmentScheduleInstance>(
    `${groupDialect.activePath}?$filter=${filter}&$expand=group`,
  );
  return rows.map(groupDialect.active).map((row) => ({ ...row, scopeName: row.scopeName || row.scopeId }));
}
