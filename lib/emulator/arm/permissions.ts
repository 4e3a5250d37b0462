import type { Answer } from '#lib/emulator/wire.ts';
import { activeAzureRoles } from './access.ts';
import type { AuthorizationCall } from './authorization-call.ts';
import { authorizationFailed, notEmulated } from './refusals.ts';

/** What the caller may do at a scope, role by role; 403 to those who hold nothing there. */
export function permissions({ call, world, caller, scope, rest }: AuthorizationCall): Answer {
  if (call.method !== 'GET' || rest.length > 1) throw notEmulated(call);
  const roles = activeAzureRoles(world, caller.objectId, scope);
  if (roles.length === 0) {
    throw authorizationFailed(world, caller, 'Microsoft.Authorization/permissions/read', scope);
  }
  return { status: 200, body: { value: roles.flatMap(({ role }) => role.permissions) } };
}
