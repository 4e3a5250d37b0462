import type {
  ApprovalPolicy,
  ApprovalRule,
  ApprovalVerdict,
  AskFacts,
  Conditions,
  Freeze,
  RuleTrail,
} from './approval-policy.ts';
import { conditionLines } from './rule-conditions.ts';

type StageRule = ApprovalRule & { then: { is: 'stages' } };

/**
 * What Stint's own policy says of an ask, and why. Freezes come first, then the first rule that is about it. What is
 * not known never helps: it counts as met for a freeze and for stages, not for an automatic rule; and where only such a
 * guess makes a rule the first, that of the possible ones holds which asks for the most signatures.
 */
export function judgeApproval(
  policy: ApprovalPolicy,
  facts: AskFacts,
): { verdict: ApprovalVerdict; trail: RuleTrail[] } {
  const trail: RuleTrail[] = [];
  const frozen = policy.freezes.filter((freeze) => {
    const told = freezeTrail(freeze, facts);
    trail.push(told);
    return told.matches;
  });
  const possible: StageRule[] = [];
  let certain: ApprovalRule | null = null;
  for (const rule of policy.rules) {
    const told = ruleTrail(rule, facts);
    trail.push(told);
    if (!told.matches || certain) continue;
    if (isOfStages(rule)) possible.push(rule);
    if (told.lines.every(({ holds }) => holds)) certain = rule;
  }
  return { verdict: verdictOf(frozen[0], possible, certain), trail };
}

function verdictOf(
  freeze: Freeze | undefined,
  possible: readonly StageRule[],
  certain: ApprovalRule | null,
): ApprovalVerdict {
  if (freeze) return { is: 'frozen', freeze };
  const [first, ...others] = possible;
  if (first) {
    const rule = others.reduce((most, one) => (signaturesOf(one) > signaturesOf(most) ? one : most), first);
    return { is: 'stages', rule };
  }
  return certain ? { is: 'automatic', rule: certain } : { is: 'none' };
}

/**
 * Rules that can be about a role for this person, whenever it would begin, for however long, and with whatever ticket:
 * what is known to be otherwise is left out.
 */
export function rulesAbout(policy: ApprovalPolicy, facts: AskFacts): ApprovalRule[] {
  const anytime = { ...{ longerThanMinutes: null, atMostMinutes: null, hours: null }, onCall: [] };
  return policy.rules.filter(({ when }) =>
    conditionLines({ ...when, ...anytime, inChangeWindow: false }, facts).every(
      ({ holds }) => holds !== false,
    ),
  );
}

/** Signatures that a rule asks for, over all its stages. */
export function signaturesOf(rule: ApprovalRule): number {
  return isOfStages(rule) ? rule.then.stages.reduce((sum, stage) => sum + stage.signatures, 0) : 0;
}

function isOfStages(rule: ApprovalRule): rule is StageRule {
  return rule.then.is === 'stages';
}

function ruleTrail({ id, name, when, then }: ApprovalRule, facts: AskFacts): RuleTrail {
  const lines = conditionLines(when, facts);
  if (then.is === 'stages') return { id, name, lines, matches: lines.every(({ holds }) => holds !== false) };
  if (facts.isCritical && !mayPassCritical(when)) {
    const why =
      'it is critical: only a rule that names it, for who is on call or a change in its window, may pass it without a person';
    lines.push({ condition: 'not critical', holds: false, why });
  }
  return { id, name, lines, matches: lines.every(({ holds }) => holds === true) };
}

/** Somebody, or a system that people planned in, stands for it: being short alone is not enough. */
export function mayPassCritical({ roles, onCall, inChangeWindow }: Conditions): boolean {
  return roles.length > 0 && (onCall.length > 0 || inChangeWindow);
}

/** Whatever would begin while it lasts. */
function freezeTrail(freeze: Freeze, facts: AskFacts): RuleTrail {
  const { id, name, when, except } = freeze;
  const begins = facts.startsAt ?? facts.now;
  const isDuring = new Date(freeze.from) <= begins && begins < new Date(freeze.until);
  const lines = conditionLines(when, facts);
  const words = `from ${shown(freeze.from)} to ${shown(freeze.until)}`;
  lines.unshift({
    condition: words,
    holds: isDuring,
    why: isDuring ? 'it would begin then' : 'it would begin at another time',
  });
  const exempt = except.find(
    ({ id: one }) => one === facts.requester.id || facts.requester.groupIds?.includes(one.toLowerCase()),
  );
  if (exempt) lines.push({ condition: 'not exempt', holds: false, why: `exempt as ${exempt.name}` });
  else if (except.length > 0 && !facts.requester.groupIds)
    lines.push({ condition: 'not exempt', holds: null, why: 'their groups are not known' });
  return { id, name, lines, matches: lines.every(({ holds }) => holds !== false) };
}

const shown = (moment: string) => `${moment.slice(0, 16).replace('T', ' ')} UTC`;
