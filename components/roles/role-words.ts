import type { RoleNames, ScopeKind } from '#lib/domain/assignment.ts';
import { type Plane, planeNames } from '#lib/domain/plane.ts';

type Role = RoleNames & { plane: Plane };

const kinds: Partial<Record<ScopeKind, string>> = {
  administrative_unit: 'administrative unit',
  management_group: 'management group',
  subscription: 'subscription',
  resource_group: 'resource group',
  resource: 'resource',
};

/** What a row calls the role: a group goes by its own name, with what one becomes in it beside. */
export function roleTitle(role: Role): { main: string; aside: string | null } {
  if (role.plane !== 'group') return { main: role.roleName, aside: null };
  return { main: role.scopeName, aside: role.roleName.toLowerCase() };
}

/** Where the role counts: plane, scope, and what kind of scope that is when the name does not say. */
export function scopeWords(role: Role): { plane: string; name: string | null; kind: string | null } {
  if (role.plane === 'group') return { plane: planeNames.group, name: null, kind: null };
  return { plane: planeNames[role.plane], name: role.scopeName, kind: kinds[role.scopeKind] ?? null };
}

/** The role at its scope as one name for sentences: `Contributor on Staging`. */
export function roleAtScopeName(role: Role): string {
  if (role.plane === 'group') return `${role.scopeName}, ${role.roleName.toLowerCase()}`;
  return role.scopeKind === 'directory' ? role.roleName : `${role.roleName} on ${role.scopeName}`;
}

/** The accessible name of what selects the role. */
export function choiceName(role: Role): string {
  const { main, aside } = roleTitle(role);
  return `${main}, ${aside ?? role.scopeName}`;
}
