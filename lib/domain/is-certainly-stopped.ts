import type { ApprovalPolicy, RuleTrail } from './approval-policy.ts';

/**
 * Whether an ask is frozen or needs signatures, whatever it is that is not known: a freeze or a rule with stages is known
 * to be about it, and no rule before it may have passed it without anybody.
 */
export function isCertainlyStopped({ freezes, rules }: ApprovalPolicy, trail: readonly RuleTrail[]): boolean {
  if (trail.slice(0, freezes.length).some(isKnown)) return true;
  for (const [index, { then }] of rules.entries()) {
    const told = trail[freezes.length + index];
    if (!told || told.lines.some(({ holds }) => holds === false)) continue;
    if (then.is === 'automatic') return false;
    if (isKnown(told)) return true;
  }
  return false;
}

const isKnown = ({ lines }: RuleTrail) => lines.every(({ holds }) => holds === true);
