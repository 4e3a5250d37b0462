import type { Policy } from '#lib/emulator/state.ts';
import { durationMs } from './duration.ts';
import type { Ask } from './file.ts';
import type { Window } from './window.ts';

/** No activation is shorter. Milliseconds. */
export const shortestActivation = 5 * 60_000;

/** Names of the activation rules the ask breaks, in PIM's words; all of them, so that one answer tells everything. */
export function failedRules(policy: Policy, ask: Ask, window: Window, mfa: boolean): string[] {
  const length = window.endAt === null ? Number.POSITIVE_INFINITY : window.endAt - window.startAt;
  const longest = durationMs(policy.maximumDuration) ?? 0;
  const asksFor = (rule: Policy['enabledRules'][number]) => policy.enabledRules.includes(rule);
  const checks: [string, boolean][] = [
    ['ExpirationRule', length > longest || length < shortestActivation],
    ['JustificationRule', asksFor('Justification') && isBlank(ask.justification)],
    ['TicketingRule', asksFor('Ticketing') && isBlank(ask.ticketNumber)],
    ['MfaRule', asksFor('MultiFactorAuthentication') && !mfa],
  ];
  return checks.filter(([, failed]) => failed).map(([rule]) => rule);
}

/** Nothing but spaces counts as nothing. */
export function isBlank(text: string | null): boolean {
  return text === null || text.trim() === '';
}
