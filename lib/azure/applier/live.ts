import type { LiveOptions } from '#lib/azure/live-options.ts';
import type { Act, ApplierPort, ApplierStep, ProofPort, Told } from '#lib/azure/ports.ts';
import { type ReaderCalls, readerCalls } from '#lib/azure/reader/calls.ts';
import { readAssigning } from '#lib/azure/reader/policy.ts';
import { longestTimeBoundDays } from '#lib/domain/access-change.ts';
import type { Audience } from '#lib/domain/plane.ts';
import { plusMinutes } from '#lib/domain/time.ts';
import { changedSince, differs } from './changed-since.ts';
import { eligibleAlready } from './eligible-already.ts';
import { type Held, readHeld } from './held.ts';
import { isListed, isWithin, leave, rejoin, ways } from './membership.ts';
import { isGone, obstacleOf } from './obstacle-of.ts';
import { askPim } from './pim-ask.ts';
import { createPlain, deletePlain } from './plain-azure.ts';

type Token = (audience: Audience) => Promise<string>;

/** The Applier through Microsoft's SDKs; `token` gives its application tokens. */
export function applierPort(options: LiveOptions, clientId: string, token: Token): ApplierPort {
  const calls = readerCalls(options, token, 'Applier');
  return { clientId: async () => clientId, act: (step, act) => steps[step](calls, act) };
}

/** The Reader, looking for what the Applier did. */
export function proofPort(options: LiveOptions, token: Token): ProofPort {
  const calls = readerCalls(options, token);
  return {
    async shows(of, as) {
      const held = await readHeld(calls, of, as === 'eligible' ? 'eligible' : 'active');
      return held.some(({ isActivated }) => isActivated === (as === 'activated'));
    },
    async assigned(of) {
      const held = await assigned(calls, of);
      return held ? { endsAt: held.endsAt } : null;
    },
    async isMember(groupId, principalId) {
      const member = { plane: 'group', roleId: 'member', scopeId: groupId, principalId } as const;
      return (
        (await isListed(calls, groupId, principalId)) ||
        (await readHeld(calls, member, 'eligible')).length > 0
      );
    },
    isWithin: (groupId, principalId) => isWithin(calls, groupId, principalId),
    assigning: (role) => readAssigning(calls, role),
  };
}

const steps: Record<ApplierStep, (calls: ReaderCalls, act: Act) => Promise<Told>> = {
  remove,
  make_eligible: makeEligible,
  make_time_bound: makeTimeBound,
  restore,
  ways: async (calls, act) => (act.wayGroupId ? ways(calls, act, act.wayGroupId) : noGroup),
  leave: async (calls, act) => (act.wayGroupId ? leave(calls, act, act.wayGroupId) : noGroup),
  rejoin: async (calls, act) => (act.wayGroupId ? rejoin(calls, act, act.wayGroupId) : noGroup),
};

const noGroup: Told = { is: 'obstacle', outcome: 'failed', why: 'The change names no group.' };

/** What is there now is looked up first: where the assignment is gone, an activation of another may stand in its place. */
async function remove(calls: ReaderCalls, act: Act): Promise<Told> {
  const { kept } = act;
  const side = kept.kind === 'eligible' ? 'eligible' : 'active';
  try {
    const [held] = (await readHeld(calls, kept, side)).filter(
      ({ isActivated }) => isActivated === (kept.kind === 'activated'),
    );
    if (!held) return { is: 'gone' };
    const changed = changedSince(kept, held);
    if (changed) return changed;
    if (kept.plane === 'azure' && kept.kind === 'standing') return await deletePlain(calls, act, held);
  } catch (error) {
    return isGone(error) ? { is: 'gone' } : obstacleOf(error);
  }
  return askPim(calls, act, { ...roleOf(act), side, verb: 'remove' });
}

/** Eligible for as long as the policy allows, or until the standing one would have ended. */
async function makeEligible(calls: ReaderCalls, act: Act): Promise<Told> {
  const { condition, conditionVersion, endsAt } = act.kept;
  try {
    const rules = await readAssigning(calls, act.kept);
    const longest = rules?.eligible.longestMinutes ?? 365 * 1440;
    const allowed = plusMinutes(new Date(act.now), longest - leewayMinutes(longest));
    const until = endsAt && new Date(endsAt) < allowed ? new Date(endsAt) : allowed;
    const told = await askPim(calls, act, {
      ...{ ...roleOf(act), side: 'eligible', verb: 'assign' },
      window: { startsAt: null, endsAt: until },
      condition: condition ? { text: condition, version: conditionVersion } : null,
    });
    if (told.is !== 'told') return told;
    if (told.facts.was_there) {
      const [there] = await readHeld(calls, act.kept, 'eligible');
      if (there) return eligibleAlready(act, there, until);
    }
    return { is: 'told', facts: { eligible_until: until.toISOString() } };
  } catch (error) {
    return obstacleOf(error);
  }
}

/**
 * An end for what has none: as late as the policy allows, in half a year at the latest. An end it has by now is kept. It
 * begins anew, a moment ago: PIM counts its length from its start, and what begins later would be gone until then.
 */
async function makeTimeBound(calls: ReaderCalls, act: Act): Promise<Told> {
  const { kept } = act;
  const { condition, conditionVersion } = kept;
  try {
    const held = await assigned(calls, kept);
    if (!held) return { is: 'gone' };
    const rules = await readAssigning(calls, kept);
    const longest = Math.min(rules?.active.longestMinutes ?? Infinity, longestTimeBoundDays * 1440);
    const leeway = leewayMinutes(longest);
    const until = plusMinutes(new Date(act.now), longest - leeway);
    if (held.endsAt && held.endsAt < plusMinutes(until, 1440) && !differs(kept, held)) {
      return { is: 'told', facts: { ends_at: held.endsAt.toISOString() } };
    }
    const changed = changedSince(kept, held);
    if (changed) return changed;
    const told = await askPim(calls, act, {
      ...{ ...roleOf(act), side: 'active', verb: 'update' },
      window: { startsAt: plusMinutes(new Date(act.now), -leeway / 2), endsAt: until },
      condition: condition ? { text: condition, version: conditionVersion } : null,
    });
    if (told.is === 'obstacle') return { ...told, facts: { longest_minutes: String(longest) } };
    return told.is === 'told' ? { is: 'told', facts: { ends_at: until.toISOString() } } : told;
  } catch (error) {
    return obstacleOf(error);
  }
}

/** The assignment as it is now, no activation of it; undefined: there is none. */
async function assigned(calls: ReaderCalls, of: Parameters<typeof readHeld>[1]): Promise<Held | undefined> {
  return (await readHeld(calls, of, 'active')).find(({ isActivated }) => !isActivated);
}

/** Azure's clock is not ours: where it is behind, the longest length would be too long. */
function leewayMinutes(longest: number): number {
  return Math.min(60, longest / 10);
}

/** What was only given an end loses it again; an end that others gave since is not this change’s to take. */
async function restore(calls: ReaderCalls, act: Act): Promise<Told> {
  const { condition, conditionVersion, endsAt, kind, plane, startsAt } = act.kept;
  let isThere = false;
  try {
    const held = kind === 'standing' ? await assigned(calls, act.kept) : undefined;
    if (held?.endsAt && !act.facts.hasEnd) return changedSince(act.kept, held) ?? { is: 'told', facts: {} };
    isThere = held?.endsAt != null;
  } catch (error) {
    return obstacleOf(error);
  }
  if (plane === 'azure' && kind === 'standing' && !isThere) return createPlain(calls, act);
  return askPim(calls, act, {
    ...{ ...roleOf(act), side: kind === 'eligible' ? 'eligible' : 'active' },
    verb: isThere ? 'update' : 'assign',
    window: {
      startsAt: startsAt ? new Date(startsAt) : null,
      endsAt: endsAt ? new Date(endsAt) : null,
    },
    condition: condition ? { text: condition, version: conditionVersion } : null,
  });
}

function roleOf({ kept: { plane, principalId, roleId, scopeId } }: Act) {
  return { plane, principalId, roleId, scopeId };
}
