import type { ApplyMode, CampaignPlan, ReviewerRule, SilenceMeaning } from '#lib/domain/campaign.ts';

/** The form of a review as it is typed: what has no sense yet stays as it is until it has. */
export interface PlanForm
  extends Pick<CampaignPlan, 'planes' | 'holdings' | 'principalKinds' | 'only' | 'reasonToKeepCritical'> {
  name: string;
  /** As a datetime-local field has it; empty: now. */
  opensAt: string;
  roles: 'critical' | 'every' | 'named';
  /** One a line, like scopes, named and fallback. */
  roleNames: string;
  scopes: string;
  /** In order; an empty one asks nobody. */
  reviewers: (ReviewerRule | '')[];
  named: string;
  fallback: string;
  days: string;
  /** Days between two openings; empty: once. */
  everyDays: string;
  timeZone: string;
  /** Days before the close, with commas. */
  reminders: string;
  silence: SilenceMeaning;
  apply: ApplyMode;
}

const reviewerSlots = 4;

/** The form filled with a plan. */
export function formOf(name: string, plan: CampaignPlan): PlanForm {
  const { planes, holdings, principalKinds, only, reasonToKeepCritical, silence, apply, recurrence } = plan;
  return {
    opensAt: '',
    ...{ name, planes, holdings, principalKinds, only, reasonToKeepCritical, silence, apply },
    roles: plan.roles === 'critical' ? 'critical' : plan.roles.length > 0 ? 'named' : 'every',
    roleNames: plan.roles === 'critical' ? '' : plan.roles.join('\n'),
    scopes: plan.scopes.join('\n'),
    reviewers: Array.from({ length: reviewerSlots }, (_, slot) => plan.reviewers[slot] ?? ''),
    named: plan.named.join('\n'),
    fallback: plan.fallback.join('\n'),
    days: String(plan.days),
    everyDays: recurrence ? String(recurrence.everyDays) : '',
    timeZone: recurrence?.timeZone ?? '',
    reminders: plan.reminders.join(', '),
  };
}

/** The plan that the form says. A number that is none becomes -1, which no rule takes. */
export function planOf(form: PlanForm): CampaignPlan {
  const { planes, holdings, principalKinds, only, reasonToKeepCritical, silence, apply } = form;
  const rules = form.reviewers.filter((rule) => rule !== '');
  return {
    ...{ planes, holdings, principalKinds, only, reasonToKeepCritical, silence, apply },
    roles: form.roles === 'critical' ? 'critical' : form.roles === 'named' ? lines(form.roleNames) : [],
    scopes: lines(form.scopes),
    reviewers: [...new Set(rules)],
    named: rules.includes('named') ? lines(form.named) : [],
    fallback: lines(form.fallback),
    days: wholeNumber(form.days),
    recurrence: form.everyDays.trim()
      ? { everyDays: wholeNumber(form.everyDays), timeZone: form.timeZone.trim() }
      : null,
    reminders: form.reminders
      .split(/[,;\s]+/)
      .filter(Boolean)
      .map(wholeNumber),
  };
}

function lines(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
}

function wholeNumber(text: string): number {
  return /^\d{1,6}$/.test(text.trim()) ? Number(text) : -1;
}
