import { expect, test } from 'vitest';
import type { CampaignPlan } from '#lib/domain/campaign.ts';
import { formOf, planOf } from './plan-form.ts';

const plan: CampaignPlan = {
  planes: ['entra', 'azure'],
  roles: ['Owner', 'User Access Administrator'],
  scopes: ['/subscriptions/one'],
  holdings: ['standing'],
  principalKinds: ['member', 'guest'],
  only: 'stale',
  reviewers: ['manager', 'named'],
  named: ['ada@contoso.example'],
  fallback: ['mira@contoso.example'],
  days: 14,
  recurrence: { everyDays: 90, timeZone: 'Europe/Oslo' },
  reminders: [7, 2],
  silence: 'as_recommended',
  reasonToKeepCritical: true,
  apply: 'hold',
};

test('a plan goes through the form unchanged', () => {
  expect(planOf(formOf('Owners', plan))).toEqual(plan);
  const other: CampaignPlan = { ...plan, roles: 'critical', recurrence: null, reminders: [] };
  expect(planOf(formOf('Owners', other))).toEqual(other);
});

test('a rule chosen twice asks once, and an empty one nobody', () => {
  const form = formOf('Owners', plan);
  expect(planOf({ ...form, reviewers: ['', 'manager', 'manager', ''] }).reviewers).toEqual(['manager']);
});

test('names typed for a rule that is not chosen are not sent', () => {
  expect(planOf({ ...formOf('Owners', plan), reviewers: ['manager'] }).named).toEqual([]);
});

test('what is no number becomes one that no rule takes', () => {
  const form = formOf('Owners', plan);
  expect(planOf({ ...form, days: 'two weeks', reminders: '7, soon' })).toMatchObject({
    days: -1,
    reminders: [7, -1],
  });
});
