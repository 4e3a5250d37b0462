import { allows, dangersOf, matches } from './risk.ts';
import type { RoleDefinition } from './role-definition.ts';

/** An action somebody needs; `data` for what is inside a resource (Azure's data actions). */
export interface Needed {
  action: string;
  data: boolean;
}

/**
 * How much a role allows, to order roles by: not a count of operations, but what each pattern reaches. One operation
 * weighs 1, all of a resource type 20, all of a provider 400, everything 8,000; reading alone a tenth of that.
 */
export function sizeOf({ actions, dataActions }: RoleDefinition): number {
  return [...actions, ...dataActions].reduce((sum, pattern) => sum + reachOf(pattern), 0);
}

function reachOf(pattern: string): number {
  if (!pattern.includes('*')) return 1;
  const before = pattern.slice(0, pattern.indexOf('*')).split('/').length - 1;
  const reach = 20 ** Math.max(1, 3 - before);
  return /\/read$/i.test(pattern) ? reach / 10 : reach;
}

/** What of the needed a role does not allow. */
export function lackOf(role: RoleDefinition, needed: readonly Needed[]): Needed[] {
  return needed.filter(({ action, data }) => !allows(role, action, data));
}

/** Roles of a plane that allow all that is needed: the fewest dangers first, then the smallest, then by name. */
export function rolesFor(roles: readonly RoleDefinition[], needed: readonly Needed[]): RoleDefinition[] {
  if (needed.length === 0) return [];
  return roles
    .filter((role) => lackOf(role, needed).length === 0)
    .map((role) => ({ role, dangers: dangersOf(role).length, size: sizeOf(role) }))
    .toSorted((a, b) => a.dangers - b.dangers || a.size - b.size || a.role.name.localeCompare(b.role.name))
    .map(({ role }) => role);
}

/** What two roles allow: patterns of each that the other covers, and those it does not. */
export interface Comparison {
  both: Needed[];
  onlyFirst: Needed[];
  onlySecond: Needed[];
}

/** Compares pattern by pattern: one is covered when a pattern of the other reaches all of it and nothing is taken away. */
export function compareRoles(first: RoleDefinition, second: RoleDefinition): Comparison {
  const of = patternsOf(first);
  const other = patternsOf(second);
  return {
    both: of.filter((one) => covers(second, one)),
    onlyFirst: of.filter((one) => !covers(second, one)),
    onlySecond: other.filter((one) => !covers(first, one)),
  };
}

function patternsOf({ actions, dataActions }: RoleDefinition): Needed[] {
  return [
    ...actions.map((action) => ({ action, data: false })),
    ...dataActions.map((action) => ({ action, data: true })),
  ];
}

/** A pattern is matched as text by a wider one: `*` in it is a character like another. */
function covers(role: RoleDefinition, { action, data }: Needed): boolean {
  const [yes, no] = data ? [role.dataActions, role.notDataActions] : [role.actions, role.notActions];
  const isTaken = no.some((pattern) => matches(pattern, action) || matches(action, pattern));
  return yes.some((pattern) => matches(pattern, action)) && !isTaken;
}
