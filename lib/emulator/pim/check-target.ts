import { canonicalScope } from '#lib/emulator/arm/scopes.ts';
import type { State } from '#lib/emulator/state.ts';
import type { World } from '#lib/emulator/wire.ts';
import type { Ask } from './file.ts';
import { invalidRequest, roleMissing, subjectMissing } from './refusals.ts';

/** The ask with ids and scope in their canonical form, and of the expiration only what its type means. Throws SubjectNotFound, RoleNotFound or InvalidRoleAssignmentRequest. */
export function checkTarget({ state }: World, asked: Ask): Ask {
  const principalId = asked.principalId.toLowerCase();
  const role = asked.role.toLowerCase();
  if (!principalExists(state, principalId)) throw subjectMissing();
  const scope = knownScope(state, asked);
  if (!roleExists(state, asked.plane, role)) throw roleMissing();
  const id = asked.id?.toLowerCase();
  const { type, duration, endAt } = asked.expiration;
  const expiration = {
    type,
    duration: type === 'afterDuration' ? duration : null,
    endAt: type === 'afterDateTime' ? endAt : null,
  };
  return { ...asked, ...(id && { id }), principalId, role, scope, expiration };
}

function principalExists(state: State, principalId: string): boolean {
  return [state.users, state.groups, state.servicePrincipals].some((kind) =>
    kind.some(({ id }) => id === principalId),
  );
}

function roleExists(state: State, plane: Ask['plane'], role: string): boolean {
  if (plane === 'entra') return state.entraRoles.some(({ id, isEnabled }) => id === role && isEnabled);
  if (plane === 'azure') return state.azureRoles.some(({ name }) => name === role);
  return role === 'member' || role === 'owner';
}

function knownScope(state: State, { plane, scope }: Ask): string {
  if (plane === 'azure') {
    const canonical = canonicalScope(state, scope);
    if (canonical === null) throw invalidRequest();
    return canonical;
  }
  const lower = scope.toLowerCase();
  if (plane === 'group') {
    if (!state.groups.some(({ id }) => id === lower)) throw subjectMissing();
    return lower;
  }
  if (lower === '/') return '/';
  const unit = state.graph.administrativeUnits.find(({ id }) => lower === `/administrativeunits/${id}`);
  if (unit) return `/administrativeUnits/${unit.id}`;
  // A role may also be held over one application or service principal.
  const objects = [...state.graph.applications, ...state.servicePrincipals];
  const known = state.schedules.find((one) => one.plane === 'entra' && one.scope.toLowerCase() === lower);
  if (!known && !objects.some(({ id }) => lower === `/${id}`)) throw invalidRequest();
  return known?.scope ?? lower;
}
