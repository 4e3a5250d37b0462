import { expectAccessible } from '#e2e/fixtures/axe.ts';
import { expect } from '#e2e/fixtures/expect.ts';
import { test } from '#e2e/fixtures/people.ts';
import { readsTheTenant } from '#e2e/fixtures/reading.ts';
import { rule, stage } from '#e2e/fixtures/stint-policy.ts';

test.describe.configure({ mode: 'serial' });
// Several people at several browsers, one after the other.
test.setTimeout(240_000);
test.beforeAll(({ tenant }) => tenant.reset());
// One after the other: a reset revokes the sign-in that saves the policy.
test.afterAll(async ({ tenant, policy }) => {
  await policy([]);
  await tenant.reset();
});

const role = 'Deployment Operator, Staging';
const card = 'Ada Lind: Deployment Operator on Staging';

/** As a field of date and time takes it, in UTC. */
const field = (now: Date, hours: number) =>
  new Date(now.getTime() + hours * 3_600_000).toISOString().slice(0, 16);

test('who is away has a deputy sign in their place, and the requester sees until when and what time it is there', async ({
  ada,
  comes,
  clock,
  policy,
}) => {
  await readsTheTenant(await comes('mira.novak', { path: '/posture' }));
  await policy([rule('Staging by one', [stage('Owners', ['Bo Okafor'])])]);
  await ada.activates([role], { justification: 'Drain the canary pool', minutes: 30 });
  await ada.opensStory('Pending', 'Deployment Operator');
  const stages = ada.page.getByRole('region', { name: 'Stages' });
  await expect(stages).toContainText('Bo Okafor');

  const bo = await comes('bo.okafor', { path: '/absence', browser: { timezoneId: 'UTC' } });
  await expectAccessible(bo.page, 'Absence');
  const now = await clock.now();
  const mine = bo.page.getByRole('region', { name: 'You are away' });
  await mine.getByLabel('Away from').fill(field(now, -1));
  await mine.getByLabel('Until').fill(field(now, 48));
  await mine.getByLabel('Who signs meanwhile').fill('nobody@contoso.example');
  await mine.getByRole('button', { name: 'Write it down' }).click();
  await expect(mine).toContainText('Nobody in the tenant signs in with that name.');
  await mine.getByLabel('Who signs meanwhile').fill('cy.tran@contoso.example');
  await mine.getByRole('button', { name: 'Write it down' }).click();
  await expect(bo.page.getByRole('table', { name: 'Your absences' })).toContainText('Away now');
  await expectAccessible(bo.page, 'Absence, away');

  const cy = await comes('cy.tran', { path: '/approvals', browser: { timezoneId: 'Asia/Tokyo' } });
  await expect(cy.card(card)).toBeVisible();
  await ada.page.reload();
  await expect(stages).toContainText(/Bo Okafor.*away until .*, Cy Tran signs/s);
  await expect(stages).toContainText(/Cy Tran stands in for Bo Okafor.*\d\d:\d\d there/s);
  await expectAccessible(ada.page, 'A request with a deputy');
  await cy.visits('/absence');
  await expect(cy.page.getByRole('table', { name: 'You stand in for' })).toContainText('Bo Okafor');
  await cy.visits('/approvals');
  await cy.approves(card, 'Standing in');
  await expect(stages).toContainText('Cy Tran in place of Bo Okafor signed');
  await expect(ada.page.getByText(/Start before/)).toBeVisible();
});

test('who is back signs again, and the deputy no more', async ({ ada, comes, policy, clock }) => {
  await clock.advance({ hours: 9 });
  const bo = await comes('bo.okafor', { path: '/absence' });
  await policy([rule('Staging by one', [stage('Owners', ['Bo Okafor'])])]);
  await ada.activates([role], { justification: 'Drain it once more', minutes: 30 });
  const cy = await comes('cy.tran', { path: '/approvals' });
  await expect(cy.card(card)).toBeVisible();
  await bo.page.getByRole('button', { name: 'End now' }).click();
  await expect(bo.page.getByRole('table', { name: 'Your absences' })).toContainText('Over');
  await cy.visits('/approvals');
  await expect(cy.card(card)).toHaveCount(0);
  await bo.visits('/approvals');
  await bo.approves(card, 'Back again');
  await expect(
    ada.row('Pending', 'Deployment Operator').getByRole('button', { name: 'Start' }),
  ).toBeVisible();
});
