import { expect, test } from 'vitest';
import type { CampaignPlan } from './campaign.ts';
import { type PlanField, planFaults } from './campaign-plan.ts';
import { campaignTemplates, templateKeys } from './campaign-template.ts';

const plan: CampaignPlan = { ...campaignTemplates.critical_entra.plan, fallback: ['ada'] };
const faults = (facts: Partial<CampaignPlan>, name = 'Entra') =>
  Object.keys(planFaults({ name, plan: { ...plan, ...facts } }));

test('the templates can run as soon as somebody is named for what has no reviewer', () => {
  for (const key of templateKeys) {
    const { name, plan: template } = campaignTemplates[key];
    expect(Object.keys(planFaults({ name, plan: template }))).toEqual(['fallback']);
    expect(planFaults({ name, plan: { ...template, fallback: ['ada'] } })).toEqual({});
  }
});

test.each<[PlanField, Partial<CampaignPlan>]>([
  ['planes', { planes: [] }],
  ['holdings', { holdings: [] }],
  ['holdings', { holdings: ['activated'] }],
  ['principalKinds', { principalKinds: [] }],
  ['scopes', { scopes: ['production'] }],
  ['roles', { roles: [' '] }],
  ['named', { reviewers: ['named'] }],
  ['fallback', { fallback: [] }],
  ['days', { days: 0, reminders: [] }],
  ['days', { days: 91, recurrence: null }],
  ['reminders', { reminders: [14] }],
  ['recurrence', { recurrence: { everyDays: 14, timeZone: 'UTC' } }],
  ['recurrence', { recurrence: { everyDays: 90, timeZone: 'Middle/Earth' } }],
])('a fault is named at its field: %s', (field, facts) => {
  expect(faults(facts)).toEqual([field]);
});

test('all faults are named at once, and a review needs a name', () => {
  expect(faults({ planes: [], days: 0, reminders: [] }, ' ').toSorted()).toEqual(['days', 'name', 'planes']);
});
