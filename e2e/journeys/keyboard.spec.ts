import type { Locator, Page } from '@playwright/test';
import { expect } from '#e2e/fixtures/expect.ts';
import { test } from '#e2e/fixtures/people.ts';

test.beforeAll(({ tenant }) => tenant.reset());

/** Presses Tab until the element has the focus. */
async function tabsTo(page: Page, element: Locator): Promise<void> {
  await expect(element).toBeVisible();
  for (let presses = 0; presses < 120; presses += 1) {
    await page.keyboard.press('Tab');
    if (await element.evaluate((node) => node === document.activeElement)) return;
  }
  throw new Error(`Tab never comes to ${element}.`);
}

test('signing in, choosing, asking: without a pointer', async ({ arrives }) => {
  const ada = await arrives('ada.lind');
  await ada.visits('/');
  const { page } = ada;
  const account = page.locator('input[name=login][value="ada.lind@contoso.example"]');
  await tabsTo(page, account);
  await page.keyboard.press('Space');
  await expect(account).toBeChecked();
  await tabsTo(page, page.getByRole('button', { name: 'Sign in' }));
  await page.keyboard.press('Enter');

  const roles = ['Deployment Operator, Staging', 'User Administrator, Directory'];
  for (const name of roles.toReversed()) {
    await tabsTo(page, page.getByRole('checkbox', { name, exact: true }));
    await page.keyboard.press('Space');
    await expect(page.getByRole('checkbox', { name, exact: true })).toBeChecked();
  }
  await tabsTo(page, page.getByLabel('Justification'));
  await page.keyboard.type('Hands on the keys');
  await tabsTo(page, page.getByLabel('Duration'));
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('20');
  await tabsTo(page, page.getByRole('button', { name: 'Activate', exact: true }));
  await page.keyboard.press('Enter');
  await ada.sees('Active now', ...roles);
  await expect(page.getByRole('heading', { name: 'Asked for' })).toBeFocused();
});

test('the queue: j and k move, d leads to the reason, a to Approve, no letter decides, and a decision leads on', async ({
  ada,
  bo,
  comes,
  tenant,
}) => {
  const cluster = 'Azure Kubernetes Service RBAC Cluster Admin';
  await ada.activates([`${cluster}, aks-core`], { justification: 'One', minutes: 30 });
  await ada.sees('Pending', `${cluster}, aks-core`);
  const hanna = await comes('hanna.berg');
  await hanna.activates([`${cluster}, aks-core`], { justification: 'Two', minutes: 30 });
  await expect(bo.page.getByRole('article')).toHaveCount(2);

  const { keyboard } = bo.page;
  const [first, second] = [bo.page.getByRole('article').first(), bo.page.getByRole('article').last()];
  await keyboard.press('j');
  await expect(first).toBeFocused();
  await keyboard.press('j');
  await expect(second).toBeFocused();
  await keyboard.press('k');
  await expect(first).toBeFocused();
  const name = (await first.getAttribute('aria-label')) ?? '';
  await keyboard.press('o');
  await bo.page.waitForURL('**/requests/*');
  await bo.visits('/approvals');
  await expect(second).toBeVisible();
  await keyboard.press('j');
  await expect(first).toBeFocused();
  await keyboard.press('d');
  await expect(first.getByLabel('Justification')).toBeFocused();
  await keyboard.type('and a j and an a are letters here');
  await expect(first.getByLabel('Justification')).toHaveValue('and a j and an a are letters here');
  await tabsTo(bo.page, first.getByRole('button', { name: 'Deny' }));
  await keyboard.press('Enter');
  await expect(bo.card(name)).toHaveCount(0);

  const left = bo.page.getByRole('article');
  await expect(left).toBeFocused();
  await keyboard.press('a');
  await expect(left.getByRole('button', { name: 'Approve' })).toBeFocused();
  await keyboard.press('Enter');
  await expect(left).toHaveCount(0);
  await expect(bo.page.getByRole('main')).toBeFocused();
  await expect
    .poll(async () =>
      [...(await tenant.activated('Ada Lind')), ...(await tenant.activated('Hanna Berg'))].join(),
    )
    .toContain(cluster);
});
