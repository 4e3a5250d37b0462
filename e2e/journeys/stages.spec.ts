import { expectAccessible } from '#e2e/fixtures/axe.ts';
import { expect } from '#e2e/fixtures/expect.ts';
import { test } from '#e2e/fixtures/people.ts';
import { approvers, rule, stage } from '#e2e/fixtures/stint-policy.ts';

test.describe.configure({ mode: 'serial', timeout: 120_000 });
test.beforeAll(({ tenant }) => tenant.reset());
test.afterAll(async ({ tenant, policy }) => {
  await policy([]);
  await tenant.reset();
});

const role = 'Deployment Operator, Staging';
const card = 'Ada Lind: Deployment Operator on Staging';

test('two stages signed by two people, then the engineer starts it: only then Azure is asked', async ({
  ada,
  bo,
  comes,
  tenant,
  policy,
}) => {
  const stages = [stage('Owners', ['Bo Okafor']), stage('Security', ['Samir Haddad'])];
  await policy([rule('Staging by two', stages)]);
  await ada.activates([role], { justification: 'Drain the canary pool', minutes: 45 });
  await expect(ada.row('Pending', role)).toContainText('Bo Okafor can sign');
  const loads = ada.loads;

  await expect(bo.card(card)).toContainText('stage 1 of 2, Owners');
  await expect(bo.card(card)).toContainText('Drain the canary pool');
  await expect(bo.card(card).getByText('Rule “Staging by two”')).toBeVisible();
  await bo.card(card).locator('summary').click();
  await expectAccessible(bo.page, 'A card of a stage');
  await bo.approves(card, 'Agreed in stand-up');
  await expect(bo.page.getByText('You approved this.')).toBeVisible();
  await bo.page.getByRole('link', { name: /^My team’s/ }).click();
  const waits = bo.page
    .getByRole('table', { name: 'My team’s' })
    .getByRole('row')
    .filter({ hasText: 'Ada Lind' });
  await expect(waits).toContainText('Samir Haddad can decide');
  await expect(waits).toContainText('You signed it');
  await expectAccessible(bo.page, 'My team’s');

  const samir = await comes('samir.haddad', { path: '/approvals' });
  await expect(samir.card(card)).toContainText('stage 2 of 2, Security');
  await expect(samir.card(card).getByText('signed by Bo Okafor')).toBeVisible();
  expect(await tenant.activated('Ada Lind')).toEqual([]);
  await samir.approves(card);

  const start = ada.row('Pending', role).getByRole('button', { name: 'Start' });
  await expect(start).toBeVisible();
  await expect(ada.row('Pending', role)).toContainText(
    'by Bo Okafor and Samir Haddad: start it when you need it',
  );
  expect(await tenant.activated('Ada Lind')).toEqual([]);
  await expectAccessible(ada.page, 'Access, approved');
  await start.click();
  await ada.sees('Active now', role);
  expect(ada.loads).toBe(loads);
  expect(await tenant.activated('Ada Lind')).toHaveLength(1);

  await samir.visits('/approvals/decided');
  await expect(samir.page.getByRole('list', { name: 'Decided' }).getByRole('listitem').first()).toContainText(
    'signed by you',
  );
});

test('of two who may sign the first wins, and a stale no or yes after it changes nothing', async ({
  ada,
  bo,
  cy,
  clock,
  policy,
}) => {
  await clock.advance({ hours: 1 });
  await ada.seesNoMore('Active now', role);
  await policy([rule('Staging by one', [stage('Owners', ['Bo Okafor', 'Cy Tran'])])]);
  await ada.activates([role], { justification: 'Once more', minutes: 30 });
  await expect(cy.card(card)).toBeVisible();
  await cy.hearsNoMore();
  await expect(cy.card(card)).toBeVisible();
  await bo.denies(card, 'Look for the cause first');
  await expect(bo.card(card)).toHaveCount(0);
  await ada.seesNoMore('Pending', role);

  await expect(cy.card(card)).toBeVisible();
  await cy.approves(card, 'Fine with me');
  await expect(
    cy.page.getByRole('status').filter({ hasText: 'Bo Okafor denied this first.' }).first(),
  ).toBeVisible();
  await expect(cy.card(card)).toHaveCount(0);
  await expect(
    ada.page.getByRole('region', { name: 'Active now' }).getByText('Deployment Operator'),
  ).toHaveCount(0);
});

test('what nobody signs is escalated by the clock, and lapses in sight', async ({
  ada,
  clock,
  comes,
  policy,
}) => {
  const owners = stage('Owners', ['Bo Okafor'], {
    escalation: { afterMinutes: 60, approvers: approvers('Petra Holm') },
  });
  await policy([rule('Staging, never stalls', [owners])]);
  const petra = await comes('petra.holm', { path: '/approvals' });
  await ada.activates([role], { justification: 'A third time', minutes: 30 });
  await expect(ada.row('Pending', role)).toContainText('Bo Okafor can sign');
  await expect(petra.card(card)).toHaveCount(0);
  await clock.advance({ minutes: 61 });
  await expect(petra.card(card)).toBeVisible();
  await petra.card(card).locator('summary').click();
  await expect(petra.card(card)).toContainText('since nobody decided in time');
  await expect(ada.row('Pending', role)).toContainText('Bo Okafor or Petra Holm can sign');
  await clock.advance({ hours: 8 });
  await ada.seesNoMore('Pending', role);
  await expect(petra.page.getByText('It lapsed: nobody decided in time.')).toBeVisible();
});
