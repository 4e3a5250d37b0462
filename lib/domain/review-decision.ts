import type { CampaignPlan, ItemDecision, SilenceMeaning } from './campaign.ts';
import type { HoldingKind } from './inventory.ts';
import type { Plane } from './plane.ts';
import type { PrincipalKind } from './principal.ts';
import { Refusal } from './refusal.ts';

export const longestRationale = 500;
/** More removals than this in one review are a bulk, and wait for a second person. */
export const mostRemovalsAlone = 10;

export interface Decidable {
  plane: Plane;
  kind: HoldingKind;
  principalKind: PrincipalKind;
  isCritical: boolean;
  /** `membership`: what is taken away is a membership of a group. */
  way: 'assignment' | 'membership';
}

/**
 * What can be decided. Standing access that a person or a group holds itself can be made eligible. What signs in by
 * itself cannot activate anything, but its access can have an end; a permanent membership of a group cannot have one.
 */
export function choicesOf({ kind, plane, principalKind, way }: Decidable): ItemDecision[] {
  const isOwn = kind === 'standing' && way === 'assignment';
  if (isOwn && isActivator(principalKind)) return ['keep', 'remove', 'make_eligible'];
  if (isOwn && isWorkload(principalKind) && plane !== 'group') return ['keep', 'remove', 'make_time_bound'];
  return ['keep', 'remove'];
}

/** Somebody is there to activate it. */
export function isActivator(kind: PrincipalKind): boolean {
  return ['member', 'guest', 'group'].includes(kind);
}

/** It signs in by itself. */
export function isWorkload(kind: PrincipalKind): boolean {
  return ['service_principal', 'managed_identity', 'agent'].includes(kind);
}

/** The group that is left when an item is removed: the way to a role, or what is reviewed itself; null: none. */
export function groupLeft(item: {
  way: Decidable['way'];
  wayGroupId: string | null;
  plane: Plane;
  roleId: string;
  scopeId: string;
}): string | null {
  if (item.way === 'membership') return item.wayGroupId;
  return item.plane === 'group' && item.roleId.toLowerCase() === 'member' ? item.scopeId : null;
}

/** What a decision is made with. */
interface Decided {
  decision: ItemDecision;
  rationale: string;
  isBulk: boolean;
  /** The reviewer has seen what else the group gives. */
  hasSeenGroup: boolean;
}

export function needsRationale(
  item: Pick<Decidable, 'isCritical'>,
  { decision, isBulk }: Pick<Decided, 'decision' | 'isBulk'>,
  plan: Pick<CampaignPlan, 'reasonToKeepCritical'>,
): boolean {
  return isBulk || decision !== 'keep' || (item.isCritical && plan.reasonToKeepCritical);
}

/** Why an item cannot be decided like this; null when it can. Who decides is judged elsewhere. */
export function faultOf(
  item: Decidable,
  decided: Decided,
  plan: Pick<CampaignPlan, 'reasonToKeepCritical'>,
): Refusal | null {
  if (!choicesOf(item).includes(decided.decision)) {
    return new Refusal(decided.decision === 'make_eligible' ? 'cannot_be_eligible' : 'cannot_be_time_bound');
  }
  if (needsRationale(item, decided, plan) && !decided.rationale)
    return new Refusal('rationale_missing', undefined, 'rationale');
  if (decided.rationale.length > longestRationale)
    return new Refusal('rationale_too_long', undefined, 'rationale');
  const leaves = decided.decision === 'remove' && item.way === 'membership';
  if (leaves && !decided.hasSeenGroup) return new Refusal('look_at_group');
  return null;
}

interface Unsaid {
  recommendation: ItemDecision;
  way: Decidable['way'];
  isBreakGlass: boolean;
}

/**
 * What is decided where nobody said anything. Silence takes nothing from a break-glass account, and nobody out of a
 * group: that would take more than the one access nobody spoke about.
 */
export function bySilence(
  silence: SilenceMeaning,
  { recommendation, way, isBreakGlass }: Unsaid,
): ItemDecision {
  if (isBreakGlass || way === 'membership') return 'keep';
  return silence === 'as_recommended' ? recommendation : silence;
}

/** The same, in a sentence for whoever is asked. */
export const silenceMeans: Record<SilenceMeaning, string> = {
  keep: 'What nobody decides is kept.',
  remove: 'What nobody decides is removed; nobody is taken out of a group that only gives them a role.',
  as_recommended:
    'What nobody decides goes as Stint recommends; nobody is taken out of a group that only gives them a role.',
};
