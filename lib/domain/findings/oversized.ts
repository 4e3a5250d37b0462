import type { RoleAtScope, RoleNames } from '#lib/domain/assignment.ts';
import { roleKey } from '#lib/domain/assignment.ts';
import type { Found } from '#lib/domain/finding.ts';
import { type HoldingKind, holdingKindNames, holdingKinds } from '#lib/domain/inventory.ts';
import { dangersOf } from '#lib/domain/risk.ts';
import type { RoleDefinition } from '#lib/domain/role-definition.ts';
import type { Reach } from '#lib/domain/scope-reach.ts';
import { isWide } from './privilege.ts';
import { reaches, roleWords } from './words.ts';

/** A role at a scope with how many hold it, by kind. */
export interface RoleHeld extends RoleAtScope, RoleNames {
  held: Partial<Record<HoldingKind, number>>;
  /** At a management group: what is below it. */
  reach: Reach | null;
}

/** Of `dangersOf`: what makes a role too large for a wide scope, beside wildcards. */
const tooMuch = new Set([
  'can assign roles',
  'reads secrets',
  'uses keys',
  'reads stored data',
  'deletes stored data',
  'reads storage keys',
  'uses managed identities',
]);
/** Whole providers that every built-in role brings along, and that reach nothing. */
const harmless = new Set(['microsoft.support/*']);

/** Why an Azure role is too large for a subscription or more; empty: it is not. */
export function oversizeOf(role: RoleDefinition): string[] {
  if (role.plane !== 'azure') return [];
  const wildcards = [...role.actions, ...role.dataActions].filter(
    (action) => /^(\*|[^/*]+\/\*)$/.test(action) && !harmless.has(action.toLowerCase()),
  );
  const dangers = dangersOf(role).filter(({ what }) => tooMuch.has(what));
  return [...new Set([...wildcards.map((action) => `allows ${action}`), ...dangers.map(({ what }) => what)])];
}

/** A role too large for where it is held: a subscription or wider. One finding for a role at a scope, whoever holds it. */
export function oversizedRole(one: RoleHeld, role: RoleDefinition): Found | null {
  const why = oversizeOf(role);
  if (why.length === 0 || !isWide(one.scopeKind)) return null;
  const holders = holdingKinds.flatMap((kind) => {
    const count = one.held[kind];
    return count ? [`${count} ${holdingKindNames[kind].toLowerCase()}`] : [];
  });
  const everything = role.actions.includes('*') || why.includes('can assign roles');
  return {
    kind: 'oversized_role',
    subject: roleKey(one),
    risk: everything ? 'high' : 'medium',
    parts: why,
    title: `${roleWords(one)} allows more than a task needs`,
    evidence: [
      { label: 'Role', value: `${one.roleName}${role.isBuiltIn ? '' : ', a custom role'}` },
      { label: 'Where', value: `${one.scopeName} (${one.scopeId}) and all below` },
      ...reaches(one),
      ...why.map((value) => ({ label: 'Why', value })),
      { label: 'Held', value: holders.join(', ') },
    ],
    nextStep:
      'Look under Roles for the smallest that holds the actions needed, and give it at the resource group instead. Right-size before making anybody eligible.',
    principalId: null,
    assignmentId: null,
  };
}
