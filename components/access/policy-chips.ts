import { lockWords } from '#components/window/lock-words.ts';
import type { Lock } from '#lib/domain/lock.ts';
import type { Approver, PolicyFacts } from '#lib/domain/policy.ts';
import type { Danger } from '#lib/domain/risk.ts';
import { inWords } from '#lib/domain/time.ts';

export interface ChipFact {
  text: string;
  tone: 'plain' | 'warn' | 'risk';
  /** The long form, on hover. */
  title?: string;
}

interface Facts {
  policy: PolicyFacts | null;
  dangers: Danger[];
  critical: boolean;
  locks?: readonly Lock[] | undefined;
}

const namesShown = 2;
const dangersShown = 2;

/** What a role takes and what it risks, in the order a person needs it. */
export function chipsOf({ policy, dangers, critical, locks = [] }: Facts): ChipFact[] {
  return [...policyChips(policy), ...lockChips(locks), ...dangerChips(dangers, critical)];
}

function policyChips(policy: PolicyFacts | null): ChipFact[] {
  if (!policy) return [{ text: 'rules not read yet', tone: 'plain', title: 'PIM decides when you ask' }];
  const chips: ChipFact[] = [
    { text: `≤ ${inWords(policy.maximumMinutes)}`, tone: 'plain', title: 'the longest window' },
  ];
  if (policy.justification) chips.push({ text: 'reason', tone: 'plain' });
  if (policy.ticket) chips.push({ text: 'ticket', tone: 'plain' });
  if (policy.mfa) chips.push({ text: 'MFA', tone: 'plain', title: 'multifactor authentication' });
  if (policy.authenticationContext) {
    chips.push({
      text: 'step-up',
      tone: 'warn',
      title: `authentication context ${policy.authenticationContext}`,
    });
  }
  if (policy.approval) {
    const title = approverNames(policy.approvers, Number.POSITIVE_INFINITY);
    chips.push({ text: `approval: ${approverNames(policy.approvers, namesShown)}`, tone: 'warn', title });
  }
  return chips;
}

function lockChips(locks: readonly Lock[]): ChipFact[] {
  const words = lockWords(locks);
  return words ? [{ text: 'locked', tone: 'warn', title: words }] : [];
}

function dangerChips(dangers: Danger[], critical: boolean): ChipFact[] {
  const chips: ChipFact[] = critical ? [{ text: 'privileged', tone: 'risk' }] : [];
  for (const { what, action } of dangers.slice(0, dangersShown))
    chips.push({ text: what, tone: 'risk', title: action });
  const more = dangers.slice(dangersShown).map(({ what }) => what);
  if (more.length > 0) chips.push({ text: `+${more.length} more`, tone: 'risk', title: more.join(', ') });
  return chips;
}

/** `Bo Okafor, Cy Tran +2`; without anybody named, PIM asks its administrators. */
export function approverNames(approvers: readonly Approver[], most: number): string {
  if (approvers.length === 0) return 'PIM’s administrators';
  const names = approvers.slice(0, most).map(({ name }) => name);
  const more = approvers.length - names.length;
  return `${names.join(', ')}${more > 0 ? ` +${more}` : ''}`;
}
