import { type RoleAtScope, type RoleNames, roleKey } from '#lib/domain/assignment.ts';
import type { Evidence, Found, RiskLevel } from '#lib/domain/finding.ts';
import { type HoldingKind, holdingKindNames } from '#lib/domain/inventory.ts';
import { type PrincipalKind, principalKindNames } from '#lib/domain/principal.ts';
import { minute } from '#lib/domain/time.ts';
import { workloadKinds } from './holding.ts';
import type { Privilege } from './privilege.ts';
import { day, roleWords, someOf } from './words.ts';

/** Something a principal holds, itself or through a group. */
export interface Held extends RoleAtScope, RoleNames {
  kind: HoldingKind;
  /** null: its own. */
  throughGroup: string | null;
  privilege: Privilege | null;
}

/** A guest, a workload or a disabled principal with everything it holds. */
export interface Holder {
  id: string;
  name: string;
  upn: string | null;
  kind: PrincipalKind;
  enabled: boolean | null;
  isBreakGlass: boolean;
  createdAt: Date | null;
  lastSignInAt: Date | null;
  /** The Azure resource a managed identity belongs to, which answers for it. */
  resourceId: string | null;
  /** Owners and sponsors that are still there. */
  responsibles: number;
  held: readonly Held[];
}

const idleDays = 90;

/** A guest who holds, or may activate, something privileged, whatever the way. */
export function guestPrivileged(one: Holder): Found | null {
  const held = privilegedOf(one);
  if (one.kind !== 'guest' || one.isBreakGlass || held.length === 0) return null;
  return {
    ...about(one),
    kind: 'guest_privileged',
    risk: worstOf(held),
    size: held.length,
    parts: partsOf(held),
    title: `${one.name}, a guest, has ${held.length === 1 ? wordsOf(held[0]) : `${held.length} privileged roles`}`,
    evidence: [...whoIs(one), ...held.map(heldEvidence).slice(0, 20)],
    nextStep:
      'Ask the guest’s sponsor whether the work still goes on. Remove what is not needed, and give the rest an end date.',
  };
}

/** Disabled, and yet assigned, or in a privileged group: whoever enables the account again gives all of this with it. */
export function disabledAssigned(one: Holder): Found | null {
  const held = one.held.filter(({ throughGroup, privilege }) => throughGroup === null || privilege !== null);
  if (one.enabled !== false || one.isBreakGlass || held.length === 0) return null;
  const isPrivileged = held.some(({ privilege }) => privilege !== null);
  return {
    ...about(one),
    kind: 'disabled_assigned',
    risk: isPrivileged ? 'medium' : 'low',
    size: held.length,
    parts: partsOf(held),
    title: `${one.name} is disabled and still holds ${held.length === 1 ? wordsOf(held[0]) : `${held.length} assignments`}`,
    evidence: [...whoIs(one), ...held.map(heldEvidence).slice(0, 20)],
    nextStep:
      'Remove the assignments, and take it out of the groups. If the account comes back, what it then needs can be asked for anew.',
  };
}

/** Nobody is asked when its secret leaks, or whether it is still needed. A managed identity's resource answers for it. */
export function workloadWithoutOwner(one: Holder): Found | null {
  const held = privilegedOf(one);
  if (!workloadKinds.includes(one.kind) || one.responsibles > 0 || one.resourceId || held.length === 0)
    return null;
  return {
    ...about(one),
    kind: 'workload_without_owner',
    risk: worstOf(held),
    size: held.length,
    parts: partsOf(held),
    title: `Nobody owns ${one.name}, which has ${held.length === 1 ? wordsOf(held[0]) : `${held.length} privileged roles`}`,
    evidence: [...whoIs(one), { label: 'Owners and sponsors', value: 'none' }, ...held.map(heldEvidence)],
    nextStep: 'Find who runs it and make two people its owners in Entra; if nobody does, disable it first.',
  };
}

/** Privileged, and not signed in for 90 days, as far as Entra's own report tells. */
export function workloadIdle(
  one: Holder,
  { now, signInsKnown }: { now: Date; signInsKnown: boolean },
): Found | null {
  const held = privilegedOf(one);
  if (!workloadKinds.includes(one.kind) || one.enabled === false || !signInsKnown || held.length === 0)
    return null;
  const limit = now.getTime() - idleDays * 1440 * minute;
  if (one.lastSignInAt && one.lastSignInAt.getTime() > limit) return null;
  // Not in the report: never, unless it is too new to say so.
  if (!one.lastSignInAt && !(one.createdAt && one.createdAt.getTime() <= limit)) return null;
  const last = one.lastSignInAt ? day(one.lastSignInAt) : 'never, as far as Entra’s report tells';
  return {
    ...about(one),
    kind: 'workload_idle',
    risk: worstOf(held) === 'high' ? 'high' : 'medium',
    size: held.length,
    parts: partsOf(held),
    title: one.lastSignInAt
      ? `${one.name} has privilege and last signed in on ${last}`
      : `${one.name} has privilege and never signed in`,
    evidence: [...whoIs(one), { label: 'Last sign-in', value: last }, ...held.map(heldEvidence)],
    nextStep:
      'Ask its owner. Disable it for some weeks; when nothing breaks, remove its roles and then itself.',
  };
}

const privilegedOf = ({ held }: Holder) => held.filter(({ privilege }) => privilege !== null);

function worstOf(held: readonly Held[]): RiskLevel {
  const risks = held.map(({ privilege }) => privilege?.risk);
  return risks.includes('high') ? 'high' : risks.includes('medium') ? 'medium' : 'low';
}

/** By their keys: what is only called otherwise is the same. */
const partsOf = (held: readonly Held[]) => [...new Set(held.map((one) => `${one.kind} ${roleKey(one)}`))];

const wordsOf = (one: Held | undefined) => (one ? roleWords(one) : '');

function whoIs(one: Holder): Evidence[] {
  return [
    { label: 'Who', value: one.upn ? `${one.name} (${one.upn})` : one.name },
    { label: 'Kind', value: principalKindNames[one.kind].toLowerCase() },
    ...(one.enabled === false ? [{ label: 'Account', value: 'disabled' }] : []),
    ...(one.resourceId ? [{ label: 'Belongs to', value: one.resourceId }] : []),
  ];
}

function heldEvidence(one: Held): Evidence {
  const can = one.privilege?.dangers.map(({ what }) => what) ?? [];
  return {
    label: holdingKindNames[one.kind],
    value: [roleWords(one), one.throughGroup && `through ${one.throughGroup}`, can.length > 0 && someOf(can)]
      .filter(Boolean)
      .join('; '),
  };
}

function about({ id }: Holder) {
  return { subject: id, principalId: id, assignmentId: null };
}
