import type { AdminRules, Policy } from '#lib/emulator/state.ts';
import { durationMs } from './duration.ts';
import { isBlank } from './failed-rules.ts';
import type { Ask } from './file.ts';
import type { Window } from './window.ts';

type Both = NonNullable<Policy['admin']>;

/** What administrators must heed when they assign, as set or by PIM's defaults: Azure roles also want MFA for an active one. */
export function adminRulesOf({ admin, plane }: Pick<Policy, 'admin' | 'plane'>): Both {
  return (
    admin ?? {
      eligibility: { isExpirationRequired: false, maximumDuration: 'P365D', enabledRules: [] },
      assignment: {
        isExpirationRequired: false,
        maximumDuration: 'P180D',
        enabledRules: plane === 'azure' ? ['MultiFactorAuthentication', 'Justification'] : ['Justification'],
      },
    }
  );
}

/** Names of the rules an administrator's ask breaks, in PIM's words. Where permanent is allowed no length is too long. */
export function failedAdminRules(policy: Policy, ask: Ask, window: Window, mfa: boolean): string[] {
  const rules: AdminRules = adminRulesOf(policy)[ask.side];
  const length = window.endAt === null ? Number.POSITIVE_INFINITY : window.endAt - window.startAt;
  const longest = durationMs(rules.maximumDuration) ?? 0;
  const asksFor = (rule: Policy['enabledRules'][number]) => rules.enabledRules.includes(rule);
  const checks: [string, boolean][] = [
    ['ExpirationRule', rules.isExpirationRequired && length > longest],
    ['JustificationRule', asksFor('Justification') && isBlank(ask.justification)],
    ['TicketingRule', asksFor('Ticketing') && isBlank(ask.ticketNumber)],
    ['MfaRule', asksFor('MultiFactorAuthentication') && !mfa],
  ];
  return checks.filter(([, failed]) => failed).map(([rule]) => rule);
}
