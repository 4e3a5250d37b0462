import type { ApprovalState, SignatureState, Terms } from './approval.ts';
import type { Stage } from './approval-policy.ts';
import type { RefusalCode } from './refusal.ts';
import { stillFits } from './terms.ts';

/** A signature as the stages see it. */
export interface Signed {
  id: string;
  /** The person behind the account: several accounts of one count once. */
  personId: string;
  name: string;
  stage: number;
  approve: boolean;
  state: SignatureState;
  /** What was before their eyes. */
  terms: Terms;
}

/** How far the stages of one request are. */
export interface Standing {
  state: ApprovalState;
  /** Which one waits, from 0. */
  stage: number;
  isEscalated: boolean;
  /** The receipt was started. */
  isUsed: boolean;
  terms: Terms;
  signatures: readonly Signed[];
}

/** What never changes while they run. */
export interface Pinned {
  stages: readonly Stage[];
  /** The person who asked. */
  requesterId: string;
}

export type StageEvent =
  | { is: 'sign'; id: string; personId: string; name: string; approve: boolean }
  /** The signature was looked at: it counts, or it does not. */
  | { is: 'count'; id: string }
  | { is: 'discard'; id: string }
  | { is: 'escalate' | 'lapse' | 'close' | 'start' }
  /** The requester took less; `scopeChain`: the new scope and what it lies in, lower case. */
  | { is: 'narrow'; terms: Terms; scopeChain: readonly string[] };

/** What comes of it, or why nothing does; `by`: who was first. */
export type Outcome =
  | { is: 'next'; standing: Standing }
  | { is: 'no'; code: RefusalCode; by: Pick<Signed, 'name' | 'approve'> | null };

const counts = ({ state }: Signed) => state === 'intended' || state === 'recorded';

/**
 * What an event makes of the stages. The only road to `approved` is as many different people as each stage asks, none of
 * them the requester; denied, lapsed and closed are ends, and so is a receipt that was started.
 */
export function next(pinned: Pinned, now: Standing, event: StageEvent): Outcome {
  switch (event.is) {
    case 'sign':
      return sign(pinned, now, event);
    case 'count':
      return count(pinned, now, event.id);
    case 'discard':
      if (!now.signatures.some(({ id, state }) => id === event.id && state === 'intended'))
        return no('conflict');
      return to({ ...now, signatures: marked(now.signatures, event.id, 'refused') });
    case 'escalate':
      return now.state === 'waiting' && !now.isEscalated
        ? to({ ...now, isEscalated: true })
        : no('not_pending');
    case 'lapse':
    case 'close':
      if (!isOpen(now)) return no('not_pending');
      return to(ended(now, event.is === 'lapse' ? 'lapsed' : 'closed'));
    case 'start':
      if (now.state !== 'approved' || now.isUsed) return no('conflict');
      // Accounts that were linked since may be one person's.
      return firstUnsigned(pinned, now) < 0 ? to({ ...now, isUsed: true }) : no('not_pending');
    case 'narrow':
      return narrow(pinned, now, event);
  }
}

/** Something can still become of it without a new request. */
export function isOpen({ state, isUsed }: Pick<Standing, 'state' | 'isUsed'>): boolean {
  return state === 'waiting' || (state === 'approved' && !isUsed);
}

/** How many more must sign the stage that waits, once those who are being looked at count. */
export function stillMissing(pinned: Pinned, { stage, signatures }: Standing): number {
  const given = peopleByStage(pinned, signatures.filter(counts))[stage]?.size ?? 0;
  return Math.max(0, (pinned.stages[stage]?.signatures ?? 0) - given);
}

function sign(pinned: Pinned, now: Standing, event: Extract<StageEvent, { is: 'sign' }>): Outcome {
  const { id, personId, name, approve } = event;
  if (personId === pinned.requesterId) return no('own_request');
  const given = now.signatures.filter(counts);
  if (now.state !== 'waiting') return no('not_pending');
  if (given.some((one) => one.personId === personId)) return no('already_signed');
  const denial = given.find((one) => !one.approve);
  if (denial) return no('already_decided', denial);
  if (stillMissing(pinned, now) === 0) {
    const last = given.findLast((one) => one.stage === now.stage);
    return no('already_decided', last ?? null);
  }
  const signed: Signed = {
    id,
    personId,
    name,
    approve,
    stage: now.stage,
    state: 'intended',
    terms: now.terms,
  };
  return to({ ...now, signatures: [...now.signatures, signed] });
}

function count(pinned: Pinned, now: Standing, id: string): Outcome {
  const signed = now.signatures.find((one) => one.id === id);
  if (signed?.state !== 'intended') return no('conflict');
  if (now.state !== 'waiting') return no('not_pending');
  const signatures = marked(now.signatures, id, 'recorded');
  if (!signed.approve) return to(ended({ ...now, signatures }, 'denied'));
  return to(onward(pinned, { ...now, signatures }));
}

function narrow(
  pinned: Pinned,
  now: Standing,
  { terms, scopeChain }: Extract<StageEvent, { is: 'narrow' }>,
): Outcome {
  if (now.state !== 'waiting') return no('not_pending');
  if (!stillFits(now.terms, terms, scopeChain)) return no('malformed');
  const signatures = now.signatures.map((one) =>
    one.approve && counts(one) && !stillFits(one.terms, terms, scopeChain)
      ? { ...one, state: 'void' as const }
      : one,
  );
  return to(onward(pinned, { ...now, terms, signatures }));
}

/** The first stage that does not have its signatures; -1: all have. */
function firstUnsigned(pinned: Pinned, { signatures }: Standing): number {
  const recorded = signatures.filter(({ state }) => state === 'recorded');
  const people = peopleByStage(pinned, recorded);
  return pinned.stages.findIndex((stage, index) => (people[index]?.size ?? 0) < stage.signatures);
}

/**
 * Who said yes to each stage by these signatures. One person counts once, in the first stage they signed, and never for
 * themselves, also where accounts turned out to be one person's since.
 */
function peopleByStage({ stages, requesterId }: Pinned, given: readonly Signed[]): Set<string>[] {
  const counted = new Set([requesterId]);
  return stages.map((_, index) => {
    const yes = given.filter(({ stage, approve }) => stage === index && approve);
    const people = new Set(yes.map(({ personId }) => personId).filter((id) => !counted.has(id)));
    for (const id of people) counted.add(id);
    return people;
  });
}

/** On to the first stage that does not have its signatures, or approved when all have. */
function onward(pinned: Pinned, now: Standing): Standing {
  const waits = firstUnsigned(pinned, now);
  if (waits === now.stage) return now;
  if (waits < 0) return ended({ ...now, isEscalated: false }, 'approved');
  return { ...now, stage: waits, isEscalated: false };
}

/** Who was still being looked at came too late. */
function ended(now: Standing, state: ApprovalState): Standing {
  const signatures = now.signatures.map((one) =>
    one.state === 'intended' ? { ...one, state: 'lost' as const } : one,
  );
  return { ...now, state, signatures };
}

function marked(signatures: readonly Signed[], id: string, state: SignatureState): Signed[] {
  return signatures.map((one) => (one.id === id ? { ...one, state } : one));
}

const to = (standing: Standing): Outcome => ({ is: 'next', standing });
const no = (code: RefusalCode, by: Signed | null = null): Outcome => ({ is: 'no', code, by });
