import type { CampaignPlan } from './campaign.ts';

/** What of the form can be wrong. */
export type PlanField = 'name' | 'opensAt' | keyof CampaignPlan;

export const longestCampaignName = 100;
/** Items decided by one click. */
export const mostAtOnce = 500;
export const mostDays = 90;
export const mostDaysBetween = 730;
const mostNamed = 20;
const mostWords = 50;
const longestScope = 500;

/** Every field that is wrong, with what to do about it; empty: the plan can run. */
export function planFaults({
  name,
  plan,
}: {
  name: string;
  plan: CampaignPlan;
}): Partial<Record<PlanField, string>> {
  const faults: Partial<Record<PlanField, string>> = {};
  const say = (field: PlanField, wrong: boolean, words: string) => {
    if (wrong && !faults[field]) faults[field] = words;
  };
  const title = name.trim();
  say('name', title === '', 'Give the review a name by which its reviewers know it.');
  say('name', title.length > longestCampaignName, `Keep the name under ${longestCampaignName} characters.`);
  say('planes', plan.planes.length === 0, 'Choose at least one plane.');
  say('holdings', plan.holdings.length === 0, 'Choose at least one kind of assignment.');
  say('holdings', plan.holdings.includes('activated'), 'Activations end by themselves and are not reviewed.');
  say('principalKinds', plan.principalKinds.length === 0, 'Choose at least one kind of holder.');
  say('scopes', plan.scopes.length > mostWords, `Name at most ${mostWords} scopes.`);
  say('scopes', !plan.scopes.every(isScope), 'A scope begins with a slash, such as /subscriptions/….');
  if (plan.roles !== 'critical') {
    say('roles', plan.roles.length > mostWords, `Name at most ${mostWords} roles.`);
    say(
      'roles',
      plan.roles.some((role) => !role.trim()),
      'A role’s name is empty.',
    );
  }
  const asksNamed = plan.reviewers.includes('named');
  say('named', asksNamed && plan.named.length === 0, 'Name at least one person to ask.');
  say('named', plan.named.length > mostNamed, `Name at most ${mostNamed} people.`);
  say('fallback', plan.fallback.length === 0, 'Name somebody who is asked where no rule names anybody.');
  say('fallback', plan.fallback.length > mostNamed, `Name at most ${mostNamed} people.`);
  say('days', !isWhole(plan.days, 1, mostDays), `A review is open for 1 to ${mostDays} days.`);
  const remindersFit = plan.reminders.every((days) => isWhole(days, 1, plan.days - 1));
  say('reminders', !remindersFit, 'A reminder comes at least a day before the close, and after the opening.');
  say('reminders', plan.reminders.length > 5, 'Remind at most five times.');
  if (plan.recurrence) {
    const { everyDays, timeZone } = plan.recurrence;
    const fits = isWhole(everyDays, plan.days + 1, mostDaysBetween);
    say('recurrence', !fits, `Repeat it after more days than it is open, and at most ${mostDaysBetween}.`);
    say('recurrence', !isTimeZone(timeZone), 'This is no time zone, such as Europe/Stockholm.');
  }
  return faults;
}

function isWhole(value: number, least: number, most: number): boolean {
  return Number.isInteger(value) && value >= least && value <= most;
}

function isScope(scope: string): boolean {
  return scope.startsWith('/') && scope.length <= longestScope;
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return /^[A-Za-z]/.test(name);
  } catch {
    return false;
  }
}
