import { expect } from '#e2e/fixtures/expect.ts';
import { test } from '#e2e/fixtures/people.ts';

const role = 'Azure Kubernetes Service RBAC Cluster Admin, aks-core';
const card = 'Hanna Berg: Azure Kubernetes Service RBAC Cluster Admin on aks-core';

test.beforeAll(({ tenant }) => tenant.reset());

test('of two approvers the first decides, and the second is told who it was', async ({ comes, bo, cy }) => {
  const hanna = await comes('hanna.berg');
  await hanna.activates([role], { justification: 'Restart the ingress', minutes: 30 });
  await expect(bo.card(card)).toBeVisible();
  await expect(cy.card(card)).toBeVisible();

  await bo.approves(card, 'Go ahead');

  // In the place of the card stands who decided it: nothing below it has moved.
  await expect(cy.page.getByText('Bo Okafor approved this.')).toBeVisible();
  await expect(cy.card(card)).toHaveCount(0);
  await cy.page.getByRole('link', { name: 'Decided' }).click();
  const decided = cy.page.getByRole('list', { name: 'Decided' }).getByRole('listitem').first();
  await expect(decided).toContainText('Hanna Berg');
  await expect(decided).toContainText('approved by Bo Okafor');
  await hanna.sees('Active now', role);
});

test('a decision sent from a stale card loses, and says who was first', async ({ comes, bo, cy, clock }) => {
  const hanna = await comes('hanna.berg');
  await clock.advance({ minutes: 31 });
  await hanna.seesNoMore('Active now', role);
  await hanna.activates([role], { justification: 'Restart it once more', minutes: 30 });
  await expect(bo.card(card)).toBeVisible();
  await expect(cy.card(card)).toBeVisible();
  await cy.hearsNoMore();
  await expect(cy.card(card)).toBeVisible();

  await bo.denies(card, 'Twice in an hour: look for the cause first');
  await expect(bo.card(card)).toHaveCount(0);
  await expect(cy.card(card)).toBeVisible();
  await cy.approves(card, 'Fine with me');
  await expect(cy.page.getByText('Bo Okafor denied this first.').first()).toBeVisible();
  // What was typed changed nothing, and the card says so where it was.
  await expect(cy.card(card)).toHaveCount(0);
  await cy.visits('/approvals/decided');
  const decided = cy.page.getByRole('list', { name: 'Decided' }).getByRole('listitem').first();
  await expect(decided).toContainText('denied by Bo Okafor');

  await hanna.visits('/history?role=aks-core&status=denied');
  await expect(hanna.page.getByRole('row').filter({ hasText: 'Restart it once more' }).first()).toContainText(
    'denied by Bo Okafor',
  );
});
