import { expect } from '#e2e/fixtures/expect.ts';
import { test } from '#e2e/fixtures/people.ts';

const role = 'Azure Kubernetes Service RBAC Cluster Admin, aks-core';
const card = 'Ada Lind: Azure Kubernetes Service RBAC Cluster Admin on aks-core';

test.beforeAll(({ tenant }) => tenant.reset());

test('approved in a second browser, it becomes active on the first page without reload, and is on record', async ({
  ada,
  bo,
  tenant,
}) => {
  await ada.activates([role], { justification: 'Drain the canary pool', minutes: 45 });
  await expect(ada.results()).toContainText('Waiting for approval');
  await ada.sees('Pending', role);
  await expect(ada.row('Pending', role)).toContainText('Bo Okafor');
  expect(await tenant.activated('Ada Lind')).toEqual([]);
  const loads = ada.loads;

  await expect(bo.card(card)).toContainText('Drain the canary pool');
  await expect(bo.card(card)).toContainText('45 min');
  await bo.approves(card, 'Agreed in stand-up');
  await expect(bo.card(card)).toHaveCount(0);

  await ada.sees('Active now', role);
  await ada.seesNoMore('Pending', role);
  expect(ada.loads).toBe(loads);
  expect(await tenant.activated('Ada Lind')).toHaveLength(1);

  await ada.opensStory('Active now', role);
  await expect(ada.moment('Ada Lind asked for 45 min')).toContainText('Drain the canary pool');
  await expect(ada.moment(/Bo Okafor\s*approved/)).toContainText('Agreed in stand-up');
  await expect(ada.moment('Azure shows it active')).toBeVisible();

  await ada.visits('/history?role=aks-core&status=active');
  const line = ada.page.getByRole('table', { name: 'History' }).getByRole('row').nth(1);
  await expect(line).toContainText('Drain the canary pool');
  await expect(line).toContainText('approved by Bo Okafor');
  await expect(line).toContainText('Agreed in stand-up');
});
