import { expectAccessible } from '#e2e/fixtures/axe.ts';
import { expect } from '#e2e/fixtures/expect.ts';
import { test } from '#e2e/fixtures/people.ts';
import { rule, stage } from '#e2e/fixtures/stint-policy.ts';

test.describe.configure({ mode: 'serial', timeout: 120_000 });
test.beforeAll(({ tenant }) => tenant.reset());
test.afterAll(async ({ tenant, policy }) => {
  await policy([]);
  await tenant.reset();
});

const operator = 'Ada Lind: Deployment Operator on Staging';
const contributor = 'Ada Lind: Contributor on Staging';
const alone = 'Ada Lind: Azure Kubernetes Service RBAC Cluster Admin on aks-core';

test('several are decided for one reason, and what its rule keeps apart is not', async ({
  ada,
  bo,
  policy,
}) => {
  const owners = stage('Owners', ['Bo Okafor', 'Samir Haddad']);
  await policy([rule('Staging', [owners], { bulk: true })]);
  await ada.activates(
    [
      'Deployment Operator, Staging',
      'Contributor, Staging',
      'Azure Kubernetes Service RBAC Cluster Admin, aks-core',
    ],
    { justification: 'Release night', minutes: 30 },
  );
  for (const card of [operator, contributor, alone]) await expect(bo.card(card)).toBeVisible();

  // By the keyboard: x chooses the card it is on.
  const { keyboard } = bo.page;
  await bo.card(operator).focus();
  await keyboard.press('x');
  await expect(bo.page.getByRole('checkbox', { name: `Select ${operator}` })).toBeChecked();
  await bo.page.getByRole('checkbox', { name: `Select ${contributor}` }).check();
  await bo.card(alone).focus();
  await keyboard.press('x');
  await expect(bo.card(alone)).toContainText('No rule of the approval policy says');
  await expect(bo.page.getByRole('checkbox', { name: `Select ${alone}` })).not.toBeChecked();
  const bar = bo.page.getByRole('region', { name: 'Chosen requests' });
  await bar.getByRole('button', { name: 'Approve 2' }).click();
  await expect(bar).toContainText('Say why, once for all of them');
  await expectAccessible(bo.page, 'Chosen requests');

  await bar.getByLabel('Reason for 2 requests').fill('Release night, agreed');
  await bar.getByRole('button', { name: 'Approve 2' }).click();
  await expect(bo.page.getByText('2 approved')).toBeVisible();
  await expect(bo.card(operator)).toHaveCount(0);
  await expect(bo.card(contributor)).toHaveCount(0);
  await expect(bo.card(alone)).toBeVisible();
  await expect(ada.row('Pending', 'Contributor').getByRole('button', { name: 'Start' })).toBeVisible();
  await expect(
    ada.row('Pending', 'Deployment Operator').getByRole('button', { name: 'Start' }),
  ).toBeVisible();
  await bo.visits('/approvals/decided');
  const decided = bo.page.getByRole('list', { name: 'Decided' }).getByRole('listitem');
  await expect(decided.filter({ hasText: 'Release night, agreed' })).toHaveCount(2);

  for (const name of ['Contributor', 'Deployment Operator']) {
    await ada.row('Pending', name).getByRole('link').click();
    await ada.page.getByRole('button', { name: 'Cancel' }).click();
    await ada.visits('/');
    await ada.seesNoMore('Pending', name);
  }
});

test('one that somebody else was first with says so by itself, and holds up none of the others', async ({
  ada,
  bo,
  comes,
}) => {
  const samir = await comes('samir.haddad', { path: '/approvals' });
  await ada.activates(['Deployment Operator, Staging', 'Contributor, Staging'], {
    justification: 'The night after',
    minutes: 30,
  });
  await expect(bo.card(operator)).toBeVisible();
  await bo.hearsNoMore();
  for (const card of [operator, contributor])
    await bo.page.getByRole('checkbox', { name: `Select ${card}` }).check();
  await samir.denies(operator, 'Not two nights in a row');
  await expect(samir.card(operator)).toHaveCount(0);
  const chosen = bo.page.getByRole('region', { name: 'Chosen requests' });
  await chosen.getByLabel('Reason for 2 requests').fill('Agreed again');
  await chosen.getByRole('button', { name: 'Approve 2' }).click();
  await expect(bo.page.getByText('1 approved, 1 not: each says why')).toBeVisible();
  await expect(bo.page.getByText(/Samir Haddad denied this/).first()).toBeVisible();
});
