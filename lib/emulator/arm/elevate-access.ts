import { entraRolesOf } from '#lib/emulator/pim/holdings.ts';
import { knownRoles } from '#lib/emulator/pim/known-roles.ts';
import type { Answer } from '#lib/emulator/wire.ts';
import type { AuthorizationCall } from './authorization-call.ts';
import { derivedGuid } from './derived-guid.ts';
import { authorizationFailed, notEmulated } from './refusals.ts';

const USER_ACCESS_ADMINISTRATOR = '18d7d88d-d35e-4fb5-a5c3-7773c20a72d9';

/** A Global Administrator takes User Access Administrator at the root scope: 200 without a body, once or again. */
export function elevateAccess({ call, world, caller, scope, rest }: AuthorizationCall): Answer {
  if (call.method !== 'POST' || rest.length > 1 || scope !== '/') throw notEmulated(call);
  if (!entraRolesOf(world, caller.objectId).includes(knownRoles.globalAdministrator)) {
    throw authorizationFailed(world, caller, 'Microsoft.Authorization/elevateAccess/action', '/');
  }
  const { schedules } = world.state;
  const id = derivedGuid('elevated', `${caller.objectId} ${world.now()}`);
  const has = schedules.some(
    (one) =>
      one.plane === 'azure' &&
      one.scope === '/' &&
      one.role === USER_ACCESS_ADMINISTRATOR &&
      one.kind === 'active' &&
      one.principalId === caller.objectId &&
      one.lingersUntil === undefined,
  );
  if (has) return { status: 200 };
  const now = world.now();
  schedules.push({
    id,
    plane: 'azure',
    kind: 'active',
    principalId: caller.objectId,
    role: USER_ACCESS_ADMINISTRATOR,
    scope: '/',
    startAt: now,
    endAt: null,
    assignmentType: 'assigned',
    eligibilityId: null,
    requestId: null,
    visibleFrom: now,
    createdAt: now,
    condition: null,
    createdBy: caller.objectId,
  });
  world.changed();
  return { status: 200 };
}
