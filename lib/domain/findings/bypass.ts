import { type RoleAtScope, type RoleNames, roleKey } from '#lib/domain/assignment.ts';
import type { Found } from '#lib/domain/finding.ts';
import { type HeldBy, heldByWords } from '#lib/domain/held-by.ts';
import { minute } from '#lib/domain/time.ts';
import type { Privilege } from './privilege.ts';
import { abilities, day, roleWords, someOf } from './words.ts';

/** What happened longer ago is history, no finding. */
export const bypassDays = 30;

/** A role at a scope that was activated in another client past the stages, or the freeze, of Stint's own policy. */
export interface Bypassed extends RoleAtScope, RoleNames {
  privilege: Privilege | null;
  /** When each was found, the last one first, with who did it and whether the Applier ended it since. */
  times: readonly { at: Date; personId: string; personName: string; isEnded: boolean }[];
  /** What holds Stint's rules for it by now. */
  heldBy: HeldBy;
}

const closes: Partial<Record<HeldBy, string>> = {
  pim_extension:
    'PIM asks Stint during every activation by now, so it should not come again. Ask who did it why, and whether what they did with it is known.',
  pim_approval:
    'PIM asks for an approval of its own by now. Ask who did it why, and whether what they did with it is known.',
};
const open =
  'Ask who did it why. Link PIM’s extension to this role, so that PIM asks Stint before it gives it, or have the Applier end what goes past (Settings, Approval policy).';

/** Activated past Stint's approval policy within the last 30 days: the policy asks, and nothing makes sure. */
export function activatedPastApproval(one: Bypassed, now: Date): Found | null {
  const since = now.getTime() - bypassDays * 1440 * minute;
  const times = one.times.filter(({ at }) => at.getTime() > since);
  const [last] = times;
  if (!last) return null;
  const people = [...new Map(times.map((time) => [time.personId, time.personName]))];
  const ended = times.filter(({ isEnded }) => isEnded).length;
  const [only] = people;
  return {
    kind: 'activated_past_approval',
    subject: roleKey(one),
    risk: one.privilege?.critical ? 'high' : 'medium',
    size: times.length,
    title: `${roleWords(one)} was activated past Stint’s approval policy${times.length > 1 ? `, ${times.length} times` : ''}`,
    evidence: [
      {
        label: `In the last ${bypassDays} days`,
        value: times.length === 1 ? 'once' : `${times.length} times`,
      },
      { label: 'By', value: someOf(people.map(([, name]) => name)) },
      { label: 'Last found', value: day(last.at) },
      { label: 'Ended by the Applier', value: ended === 0 ? 'none' : `${ended} of ${times.length}` },
      { label: 'What holds Stint’s rules for it', value: heldByWords(one.heldBy) },
      ...(one.privilege ? [abilities(one.privilege)] : []),
    ],
    nextStep: closes[one.heldBy] ?? open,
    principalId: people.length === 1 && only ? only[0] : null,
    assignmentId: null,
  };
}
