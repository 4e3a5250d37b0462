import { expectAccessible } from '#e2e/fixtures/axe.ts';
import { expect } from '#e2e/fixtures/expect.ts';
import { test } from '#e2e/fixtures/people.ts';

test.beforeAll(({ tenant }) => tenant.reset());

test('an auditor finds what gives power without a role, and what of it runs out', async ({ auden }) => {
  const { page } = auden;
  await expect(async () => {
    await auden.visits('/posture');
    await expect(page.getByText(/Last full reading/)).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 60_000 });
  await page.getByRole('link', { name: 'Outside roles' }).click();
  const table = page.getByRole('table', { name: 'Outside roles' });
  await expect(table.getByRole('row').nth(1)).toBeVisible();
  await expectAccessible(page, 'Outside roles');

  await page.getByLabel('Kind').selectOption({ label: 'Credential of an application' });
  await page.getByLabel('Held by').fill('payments');
  await page.getByRole('button', { name: 'Filter' }).click();
  await expect(page).toHaveURL(/kind=credential&principal=payments/);
  await expect(page.getByText(/Whoever has it is the application/)).toBeVisible();
  await expect(table.getByRole('row')).toHaveCount(3);
  await expect(table.getByRole('row').filter({ hasText: 'before the certificate' })).toContainText(/expired/);
  await expect(table.getByRole('row').filter({ hasText: 'CN=payments-api' })).toContainText(/in \d\d days/);

  await page.getByLabel('What or over what').fill('no such thing');
  await page.getByRole('button', { name: 'Filter' }).click();
  await expect(page.getByText('Nothing matches')).toBeVisible();
  await expectAccessible(page, 'Outside roles without a hit');
});

test('nobody else finds it', async ({ ada }) => {
  ada.expects(/404/);
  await ada.visits('/');
  expect((await ada.page.goto('/posture/outside-roles'))?.status()).toBe(404);
});
