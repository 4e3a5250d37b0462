import type { ScopeKind } from '#lib/domain/assignment.ts';
import type { RiskLevel } from '#lib/domain/finding.ts';
import { type Danger, dangersOf, isCritical } from '#lib/domain/risk.ts';
import type { RoleDefinition } from '#lib/domain/role-definition.ts';

/** What makes a role at a scope privileged: what it lets its holder do there, and how bad that is. */
export interface Privilege {
  dangers: readonly Danger[];
  critical: boolean;
  risk: RiskLevel;
}

const wide: readonly ScopeKind[] = ['directory', 'management_group', 'subscription'];

/** A scope that holds many resources, or all of the directory. */
export function isWide(scopeKind: ScopeKind): boolean {
  return wide.includes(scopeKind);
}

/** null: the role allows nothing dangerous there, or its definition is not known. */
export function privilegeOf(role: RoleDefinition, scopeKind: ScopeKind): Privilege | null {
  const dangers = dangersOf(role);
  const critical = isCritical(role, scopeKind, dangers);
  if (!critical && dangers.length === 0) return null;
  return { dangers, critical, risk: critical ? 'high' : isWide(scopeKind) ? 'medium' : 'low' };
}
