import { expectAccessible } from '#e2e/fixtures/axe.ts';
import { expect } from '#e2e/fixtures/expect.ts';
import { test } from '#e2e/fixtures/people.ts';

const waiting = 'Azure Kubernetes Service RBAC Cluster Admin, aks-core';

test.describe.configure({ mode: 'serial', timeout: 90_000 });
test.beforeAll(({ tenant }) => tenant.reset());

test('Access: eligible, chosen, refused, sent, active and pending', async ({ ada }) => {
  await expect(ada.page.getByRole('checkbox').first()).toBeVisible();
  await expectAccessible(ada.page, 'Access');
  await ada.chooses('Key Vault Secrets Officer, rg-payments', waiting);
  await expectAccessible(ada.page, 'Access with the sheet');
  await ada.submits();
  await expect(ada.page.getByLabel('Ticket')).toHaveAccessibleDescription(/ticket/);
  await expectAccessible(ada.page, 'Access with errors');
  await ada.fills({ justification: 'A certificate that ends tomorrow', ticket: 'CHG0090311', minutes: 60 });
  await ada.submits();
  await ada.sees('Active now', 'Key Vault Secrets Officer, rg-payments');
  await ada.sees('Pending', waiting);
  await expectAccessible(ada.page, 'Access with results');
});

test('Requests and the story of one', async ({ ada }) => {
  await ada.visits('/requests');
  await expect(ada.page.getByRole('table', { name: 'My requests' })).toBeVisible();
  await expectAccessible(ada.page, 'Requests');
  await ada.page
    .getByRole('link', { name: /Cluster Admin/ })
    .first()
    .click();
  await expect(ada.moment('Ada Lind asked for')).toBeVisible();
  await expectAccessible(ada.page, 'Story');
});

test('Approvals with something to decide, and after', async ({ bo }) => {
  const card = bo.page.getByRole('article').first();
  await expect(card).toBeVisible();
  await expectAccessible(bo.page, 'Approvals');
  await card.getByRole('button', { name: 'Deny' }).click();
  await expectAccessible(bo.page, 'Approvals with an error');
  await card.getByLabel('Justification').fill('Not this week');
  await card.getByRole('button', { name: 'Deny' }).click();
  await expect(bo.page.getByText('You denied this.').first()).toBeVisible();
  await expectAccessible(bo.page, 'Approvals, just decided');
  await bo.visits('/approvals/decided');
  await expect(bo.page.getByRole('list', { name: 'Decided' })).toBeVisible();
  await expectAccessible(bo.page, 'Decided approvals');
});

test('History of everybody', async ({ auden }) => {
  await expect(auden.page.getByRole('table', { name: 'History' })).toBeVisible();
  await expectAccessible(auden.page, 'History');
});

test('Every page with nothing on it', async ({ lou }) => {
  await expect(lou.page.getByText('You are not eligible for any role')).toBeVisible();
  await expectAccessible(lou.page, 'Access, empty');
  for (const [path, text] of [
    ['/requests', 'You have not asked for anything yet'],
    ['/approvals', 'Nothing waits for you'],
    ['/approvals/team', 'Nothing of your team’s waits'],
    ['/approvals/decided', 'Nothing was decided yet'],
    ['/approvals/watching', 'You watch nothing'],
    ['/history', 'Nothing has happened yet'],
    ['/chat/link', 'No account is linked'],
  ] as const) {
    await lou.visits(path);
    await expect(lou.page.getByText(text)).toBeVisible();
    await expectAccessible(lou.page, `${path}, empty`);
  }
});

test('Pages outside: sign-in, signed out, failed sign-in, not found', async ({ lou, arrives }) => {
  lou.expects(/404/);
  await lou.visits('/requests/not-an-id');
  await expectAccessible(lou.page, 'Not found, signed in');
  await lou.visits('/nowhere');
  await expectAccessible(lou.page, 'Not found');
  const stranger = await arrives('nobody');
  await stranger.visits('/');
  await expectAccessible(stranger.page, 'Sign-in page of the local tenant');
  await stranger.visits('/auth/signed-out');
  await expectAccessible(stranger.page, 'Signed out');
  await stranger.visits('/auth/failed');
  await expectAccessible(stranger.page, 'Sign-in failed');
});
