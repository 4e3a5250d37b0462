import type { Found } from '#lib/domain/finding.ts';
import { minute } from '#lib/domain/time.ts';
import { type Facts, type Holding, workloadKinds } from './holding.ts';
import { day, holdingEvidence, roleWords } from './words.ts';

const dayLength = 1440 * minute;
/** Somebody new has time to come to it before “never” means something. */
const graceDays = 14;
const idleDays = 90;

/** Eligible, and not once activated for as long as use is known and the eligibility stands. */
export function neverActivated(one: Holding, { now, useKnownSince }: Facts): Found | null {
  if (!isJudged(one) || one.uses > 0 || !useKnownSince) return null;
  const since = one.since > useKnownSince ? one.since : useKnownSince;
  if (now.getTime() - since.getTime() < graceDays * dayLength) return null;
  return {
    ...about(one),
    kind: 'never_activated',
    title: `${one.holderName} has not once activated ${roleWords(one)}`,
    evidence: [...holdingEvidence(one), { label: 'Not activated', value: `not once since ${day(since)}` }],
    nextStep:
      'Ask whether it is still needed. Privilege nobody uses is only of use to who steals it: remove the eligibility; it can be given again.',
  };
}

/** Activated once, but not for 90 days. Said only when 90 days are known without a hole. */
export function notActivatedLately(one: Holding, { now, useKnownSince }: Facts): Found | null {
  if (!isJudged(one) || one.uses === 0 || !one.lastUsedAt || !useKnownSince) return null;
  const limit = now.getTime() - idleDays * dayLength;
  if (useKnownSince.getTime() > limit || one.lastUsedAt.getTime() > limit) return null;
  return {
    ...about(one),
    kind: 'not_activated_lately',
    title: `${one.holderName} last activated ${roleWords(one)} on ${day(one.lastUsedAt)}`,
    evidence: [
      ...holdingEvidence(one),
      { label: 'Activated', value: one.uses === 1 ? 'once' : `${one.uses} times` },
      { label: 'Last', value: day(one.lastUsedAt) },
      { label: 'Use is known since', value: day(useKnownSince) },
    ],
    nextStep:
      'Ask whether it is still needed, or only for an emergency. Remove the eligibility, or let it end on a day and be renewed.',
  };
}

/** A group is used by its members: while they are not known, its use is not. */
function isJudged({ kind, holderKind, isBreakGlass, standingMembers }: Holding): boolean {
  if (holderKind === 'group' && standingMembers === null) return false;
  return kind === 'eligible' && !isBreakGlass && !workloadKinds.includes(holderKind);
}

function about({ id, holderId, privilege }: Holding) {
  const risk = privilege?.critical ? ('medium' as const) : ('low' as const);
  return { subject: id, principalId: holderId, assignmentId: id, risk };
}
