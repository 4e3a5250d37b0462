import type { ReactNode } from 'react';
import type { CampaignPlan } from '#lib/domain/campaign.ts';
import { holdingKindNames } from '#lib/domain/inventory.ts';
import { planeNames } from '#lib/domain/plane.ts';
import { principalKindNames } from '#lib/domain/principal.ts';
import { silenceMeans } from '#lib/domain/review-decision.ts';
import { applyModeNames, reviewerRuleNames } from '#lib/domain/review-words.ts';
import type { CampaignStory } from '#lib/queries/review-rows.ts';
import { countOf } from './count-words.ts';

const onlyWords: Record<CampaignPlan['only'], string> = {
  all: 'all of it',
  stale: 'only what nobody used lately',
  risky: 'only what posture found something about',
};

/** The plan in words. */
export function PlanFacts({ story: { plan, names } }: { story: Pick<CampaignStory, 'plan' | 'names'> }) {
  const people = (ids: string[]) => ids.map((id) => names[id] ?? id).join(', ');
  const facts: [name: string, what: ReactNode][] = [
    ['Planes', plan.planes.map((plane) => planeNames[plane]).join(', ')],
    ['Roles', plan.roles === 'critical' ? 'every critical role' : plan.roles.join(', ') || 'every role'],
    ['Scopes', plan.scopes.join(', ') || 'everywhere'],
    ['Held', plan.holdings.map((kind) => holdingKindNames[kind]).join(', ')],
    ['By', plan.principalKinds.map((kind) => principalKindNames[kind]).join(', ')],
    ['Of that', onlyWords[plan.only]],
    ['Asked', plan.reviewers.map((rule) => reviewerRuleNames[rule]).join(', then ')],
    ...(plan.named.length > 0 ? [['Named', people(plan.named)] as [string, ReactNode]] : []),
    ['Fallback', people(plan.fallback)],
    ['Length', countOf(plan.days, 'day')],
    ['Reminders', remindersWords(plan.reminders)],
    [
      'Recurs',
      plan.recurrence ? `every ${plan.recurrence.everyDays} days (${plan.recurrence.timeZone})` : 'once',
    ],
    ['Silence', silenceMeans[plan.silence]],
    ['Keeping', plan.reasonToKeepCritical ? 'a critical role needs a reason' : 'needs no reason'],
    ['Applied', applyModeNames[plan.apply].toLowerCase()],
  ];
  return (
    <div className="panel px-4 py-3.5 text-sm">
      <h2 className="font-semibold text-soft">The plan</h2>
      <dl className="mt-1 grid grid-cols-[5rem_minmax(0,1fr)] gap-y-1">
        {facts.map(([name, what]) => (
          <div className="contents" key={name}>
            <dt className="text-faint">{name}</dt>
            <dd className="min-w-0 break-words">{what}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

function remindersWords(days: number[]): string {
  if (days.length === 0) return 'none';
  return `${days.join(' and ')} ${days.length === 1 && days[0] === 1 ? 'day' : 'days'} before the close`;
}
