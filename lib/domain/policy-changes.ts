import type { ApprovalPolicy, ApprovalRule } from './approval-policy.ts';
import { freezeInWords, ruleInWords } from './rule-words.ts';
import { inWords } from './time.ts';

/** What one version of the policy says otherwise than the one before, in words. */
export function policyChanges(before: ApprovalPolicy, after: ApprovalPolicy): string[] {
  const changes = [
    ...among(before.rules, after.rules, 'Rule', ruleInWords),
    ...among(before.freezes, after.freezes, 'Freeze', freezeInWords),
  ];
  for (const rule of after.rules) {
    const old = before.rules.find(({ id }) => id === rule.id);
    if (old && ruleInWords(old) === ruleInWords(rule)) changes.push(...finePrint(old, rule));
  }
  const stayed = (one: ApprovalPolicy, other: ApprovalPolicy) =>
    one.rules.flatMap(({ id }) => (other.rules.some((rule) => rule.id === id) ? id : [])).join();
  if (stayed(before, after) !== stayed(after, before)) {
    changes.push(`The order of the rules is now: ${after.rules.map(({ name }) => name).join(', ')}.`);
  }
  if (before.endsBypassed !== after.endsBypassed) {
    changes.push(
      after.endsBypassed
        ? 'Access activated past the stages is ended by the Applier from now on.'
        : 'Access activated past the stages is only reported from now on.',
    );
  }
  return changes;
}

function among<One extends { id: string; name: string }>(
  before: readonly One[],
  after: readonly One[],
  what: string,
  words: (one: One) => string,
): string[] {
  const gone = before.filter(({ id }) => after.every((one) => one.id !== id));
  return [
    ...gone.map((one) => `${what} “${one.name}” is removed. It was: ${words(one)}`),
    ...after.flatMap((one) => {
      const old = before.find(({ id }) => id === one.id);
      if (!old) return `${what} “${one.name}” is new: ${words(one)}`;
      const renamed = old.name === one.name ? [] : `${what} “${old.name}” is called “${one.name}” now.`;
      const [was, is] = [words(old), words(one)];
      return [renamed, was === is ? [] : `${what} “${one.name}” was: ${was} It is now: ${is}`].flat();
    }),
  ];
}

/** What the sentence of a rule leaves out. */
function finePrint(before: ApprovalRule, after: ApprovalRule): string[] {
  const [was, is] = [fineWords(before), fineWords(after)];
  return was === is ? [] : [`Rule “${after.name}”: was ${was}; is now ${is}.`];
}

/** Times, exclusions and escalations of a rule with stages. */
export function fineWords({ then }: Pick<ApprovalRule, 'then'>): string {
  if (then.is === 'automatic') return 'automatic';
  const stages = then.stages.map(({ name, excluded, remindAfterMinutes: remind, escalation }) =>
    [
      name,
      excluded.length > 0 && `never ${excluded.map((one) => one.name).join(', ')}`,
      remind !== null && `reminded after ${inWords(remind)}`,
      escalation &&
        `after ${inWords(escalation.afterMinutes)} also ${escalation.approvers
          .map((set) => ('name' in set ? set.name : `the ${set.is}`))
          .join(' or ')}`,
    ]
      .filter(Boolean)
      .join(', '),
  );
  const ends = `lapses after ${inWords(then.lapseMinutes)}, to be started within ${inWords(then.useByMinutes)}`;
  return [...stages, ends, then.bulk && 'may be signed together with others'].filter(Boolean).join('; ');
}
