import { roleDefinitionPath } from '#lib/azure/arm/scope.ts';
import { AzureFault } from '#lib/azure/faults.ts';
import type { Act, Told } from '#lib/azure/ports.ts';
import type { ReaderCalls } from '#lib/azure/reader/calls.ts';
import type { PrincipalKind } from '#lib/domain/principal.ts';
import { differs } from './changed-since.ts';
import type { Held } from './held.ts';
import { isGone, obstacleOf } from './obstacle-of.ts';
import { nameOf } from './pim-ask.ts';

/**
 * Deletes a standing role assignment, if it still is what was decided about: with another condition it is another
 * assignment, which nobody reviewed.
 */
export async function deletePlain(calls: ReaderCalls, { kept }: Act, held: Held): Promise<Told> {
  const name = held.assignmentName;
  if (!name) return { is: 'obstacle', outcome: 'failed', why: 'Azure does not say which assignment it is.' };
  try {
    const arm = await calls.arm();
    const now = await arm.sdk('read', (client) => client.roleAssignments.get(kept.scopeId, name));
    const { condition = null, conditionVersion = null } = now;
    if (differs(kept, { condition, conditionVersion })) {
      const why = `Its condition is now: ${now.condition ?? 'none'}.`;
      return { is: 'obstacle', outcome: 'changed_since', why };
    }
    await arm.sdk('write', (client) => client.roleAssignments.delete(kept.scopeId, name));
    return { is: 'told', facts: {} };
  } catch (error) {
    return isGone(error) ? { is: 'gone' } : obstacleOf(error);
  }
}

const types: Partial<Record<PrincipalKind, string>> = {
  member: 'User',
  guest: 'User',
  group: 'Group',
  service_principal: 'ServicePrincipal',
  managed_identity: 'ServicePrincipal',
  agent: 'ServicePrincipal',
};

/** The same assignment again, condition and all, under a name of its own: the old name is not taken twice. */
export async function createPlain(calls: ReaderCalls, act: Act): Promise<Told> {
  const { condition, conditionVersion, principalId, principalKind, roleId, scopeId } = act.kept;
  const principalType = types[principalKind];
  try {
    const arm = await calls.arm();
    await arm.sdk('write', (client) =>
      client.roleAssignments.create(scopeId, nameOf(act), {
        principalId,
        roleDefinitionId: roleDefinitionPath(scopeId, roleId),
        ...(principalType && { principalType }),
        ...(condition && { condition, conditionVersion: conditionVersion ?? '2.0' }),
      }),
    );
  } catch (error) {
    // The same name again is answered with 200, which the SDK takes for an error.
    const isThere = error instanceof AzureFault && (error.status === 200 || error.kind === 'already_exists');
    if (!isThere) return obstacleOf(error);
  }
  return { is: 'told', facts: {} };
}
