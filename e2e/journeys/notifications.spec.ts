import { expectAccessible } from '#e2e/fixtures/axe.ts';
import { expect } from '#e2e/fixtures/expect.ts';
import { test } from '#e2e/fixtures/people.ts';
import type { Person } from '#e2e/fixtures/person.ts';

const role = 'Azure Kubernetes Service RBAC Cluster Admin, aks-core';

declare global {
  interface Window {
    shown: string[];
  }
}

/** What other journeys left unread does not count here. */
async function readsAll(person: Person): Promise<void> {
  await person.visits('/notifications');
  await expect(person.page.getByRole('heading', { name: 'Notifications' })).toBeVisible();
  const all = person.page.getByRole('button', { name: 'Mark all as read' });
  if (await all.isVisible()) await all.click();
  await expect(person.page.getByRole('link', { name: 'Notifications', exact: true })).toBeVisible();
}

test.describe.configure({ mode: 'serial', timeout: 90_000 });
test.beforeAll(({ tenant }) => tenant.reset());
test.afterAll(({ tenant }) => tenant.reset());

test('an approver chooses how to be told, and is told on whatever page without reload', async ({
  ada,
  comes,
  arrives,
}) => {
  const bo = await arrives('bo.okafor', { permissions: ['notifications'], timezoneId: 'Europe/Berlin' });
  // What the browser would show cannot be looked at; that it is asked to can.
  await bo.context.addInitScript(() => {
    window.shown = [];
    class Shown {
      static readonly permission = 'granted';
      constructor(title: string) {
        window.shown.push(title);
      }
    }
    Object.defineProperty(window, 'Notification', { value: Shown });
  });
  await bo.signsIn('/notifications/settings');
  const { page } = bo;
  await expect(page.getByText('not set up here, so nothing is sent by it.')).toBeVisible();
  await page.getByRole('checkbox', { name: 'To decide by Browser' }).check();
  await page.getByRole('radio', { name: /Once a week/ }).check();
  await page.getByRole('checkbox', { name: /Nothing in these hours/ }).check();
  await expect(page.getByText('Times are Europe/Berlin.')).toBeVisible();
  await expectAccessible(page, 'How I am told');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Saved. It holds from the next letter on.')).toBeVisible();
  await page.reload();
  await expect(page.getByRole('radio', { name: /Once a week/ })).toBeChecked();

  await readsAll(bo);
  await bo.visits('/history');
  const loads = bo.loads;
  await expect(page.getByRole('link', { name: 'Notifications', exact: true })).toBeVisible();
  await ada.activates([role], { justification: 'Drain the canary pool', minutes: 45 });
  await expect(page.getByRole('link', { name: 'Notifications, 1 unread' })).toBeVisible();
  expect(await page.evaluate(() => window.shown)).toEqual([
    'Ada Lind asks for Azure Kubernetes Service RBAC Cluster Admin on aks-core',
  ]);
  expect(bo.loads).toBe(loads);

  const cy = await comes('cy.tran', { path: '/notifications' });
  const newest = cy.page.getByRole('list', { name: 'Notifications' }).getByRole('listitem').first();
  await expect(newest).toContainText('Drain the canary pool');
});

test('opening a notification leads to its request, and has read it', async ({ comes }) => {
  const bo = await comes('bo.okafor', { path: '/notifications' });
  const { page } = bo;
  await expectAccessible(page, 'Notifications');
  await page
    .getByRole('link', { name: /Ada Lind asks for Azure Kubernetes/ })
    .first()
    .click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Azure Kubernetes');
  await expect(page.getByRole('link', { name: 'Notifications', exact: true })).toBeVisible();
  await bo.visits('/notifications?show=unread');
  await expect(page.getByText('Nothing like this')).toBeVisible();
});

test('all at once is read with one click, and only one’s own', async ({ comes }) => {
  const cy = await comes('cy.tran', { path: '/notifications' });
  await cy.page.getByRole('button', { name: 'Mark all as read' }).click();
  await expect(cy.page.getByRole('link', { name: 'Notifications', exact: true })).toBeVisible();
  await expect(cy.page.getByText('(unread)')).toHaveCount(0);
});

test('who asked is told what became of it', async ({ ada, bo }) => {
  await readsAll(ada);
  await bo
    .card('Ada Lind: Azure Kubernetes Service RBAC Cluster Admin on aks-core')
    .getByLabel('Justification')
    .fill('No');
  await bo.page.getByRole('button', { name: 'Deny' }).first().click();
  await expect(ada.page.getByRole('link', { name: 'Notifications, 1 unread' })).toBeVisible();
  await ada.visits('/notifications');
  await expect(
    ada.page.getByText('Denied: Azure Kubernetes Service RBAC Cluster Admin on aks-core').first(),
  ).toBeVisible();
  await expect(ada.page.getByText(/Bo Okafor said no/).first()).toBeVisible();
});
