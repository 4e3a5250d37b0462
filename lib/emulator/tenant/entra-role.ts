import type { EntraRole } from '#lib/emulator/state.ts';

/** A role that Entra ships; actions is a list parted by white space, a selection of what the role allows. */
export function entraBuiltIn(
  id: string,
  displayName: string,
  description: string,
  actions: string,
): EntraRole {
  return {
    id,
    displayName,
    description,
    isBuiltIn: true,
    isEnabled: true,
    isPrivileged: false,
    rolePermissions: [{ allowedResourceActions: actions.split(/\s+/).filter(Boolean), condition: null }],
  };
}

/** One that Entra marks as privileged. */
export function entraPrivileged(
  id: string,
  displayName: string,
  description: string,
  actions: string,
): EntraRole {
  return { ...entraBuiltIn(id, displayName, description, actions), isPrivileged: true };
}
