import { roleAtScopeName } from '#components/roles/role-words.ts';
import { type Fault, judge, type PolicyFacts, unknownPolicy } from '#lib/domain/policy.ts';
import type { EligibleRow } from '#lib/queries/rows.ts';

type Role = Pick<EligibleRow, 'policy'>;

const usualMinutes = 60;

/** The rules one form has to meet for all chosen roles: each demand any of them makes, the longest window. */
export function chosenPolicy(roles: readonly Role[]): PolicyFacts {
  const policies = roles.map(({ policy }) => policy ?? unknownPolicy);
  return {
    ...unknownPolicy,
    maximumMinutes: Math.max(...policies.map(({ maximumMinutes }) => maximumMinutes)),
    justification: policies.some(({ justification }) => justification),
    ticket: policies.some(({ ticket }) => ticket),
  };
}

/** Which of several chosen roles asks for it; null where all do, or there is only one. */
export function askers(roles: readonly EligibleRow[], what: 'justification' | 'ticket'): string | null {
  const asking = roles.filter(({ policy }) => (policy ?? unknownPolicy)[what]);
  return asking.length < roles.length ? `asked by ${asking.map(roleAtScopeName).join('; ')}` : null;
}

/** What one role is asked for: the length chosen, or its own longest. Minutes. */
export function minutesFor({ policy }: Role, minutes: number): number {
  return Math.min(minutes, (policy ?? unknownPolicy).maximumMinutes);
}

/** An hour, or less where no chosen role allows it. */
export function defaultMinutes(policy: PolicyFacts): number {
  return Math.min(usualMinutes, policy.maximumMinutes);
}

interface Form {
  justification: string;
  ticketNumber: string;
  minutes: number;
  startsAt: Date | null;
}

/** What is wrong with the form, by the same rules the server will apply. */
export function faultsOf(form: Form, policy: PolicyFacts, now: Date): Fault[] {
  const verdict = judge(
    { ...form, justification: form.justification.trim(), ticketNumber: form.ticketNumber.trim() },
    policy,
    now,
  );
  return verdict.outcome === 'refused' ? verdict.faults : [];
}
