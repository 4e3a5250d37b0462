import { expectAccessible } from '#e2e/fixtures/axe.ts';
import { expect } from '#e2e/fixtures/expect.ts';
import { test } from '#e2e/fixtures/people.ts';
import { readsTheTenant } from '#e2e/fixtures/reading.ts';

test.describe.configure({ mode: 'serial', timeout: 180_000 });
test.beforeAll(({ tenant }) => tenant.reset());

let review = '';

test('a guest’s sponsor is asked; who runs the review asks somebody else instead', async ({ comes }) => {
  const mira = await comes('mira.novak');
  const { page } = mira;
  await readsTheTenant(mira);
  await page.goto('/reviews/new');
  await page.getByRole('link', { name: /^Guests/ }).click();
  await page.getByLabel('Name', { exact: true }).fill('Guests, autumn');
  await page.getByRole('button', { name: 'Open now' }).click();
  await page.waitForURL(/\/reviews\/[\da-f-]{36}$/);
  review = new URL(page.url()).pathname;
  const reviewers = page.getByRole('table', { name: 'Reviewers' });
  const tess = reviewers.getByRole('row').filter({ hasText: 'Tess Arnold' });
  await expect(tess).toBeVisible();
  const ask = tess.getByRole('button', { name: 'Ask somebody else than Tess Arnold' });
  await ask.press('Enter');
  const who = page.getByLabel('Who knows');
  await expect(who).toBeFocused();
  await who.fill('no.body@contoso.example');
  await page.getByRole('button', { name: 'Hand on' }).click();
  await expect(who).toHaveAccessibleDescription(/Nobody in the tenant/);
  await expectAccessible(page, 'Review, asking somebody else');
  await who.fill('rhea.silva@contoso.example');
  await page.getByLabel('Note for them').fill('Tess is away');
  await page.getByRole('button', { name: 'Hand on' }).click();
  await expect(page.getByText(/items? handed on/)).toBeVisible();
  await expect(reviewers.getByRole('row').filter({ hasText: 'Rhea Silva' })).toBeVisible();
  await expect(tess).toHaveCount(0);
});

test('who is asked instead has the items; who was asked before does not', async ({ comes }) => {
  const rhea = await comes('rhea.silva');
  await rhea.page.goto(`${review}/items`);
  await expect(rhea.page.getByRole('table', { name: 'Items' })).toContainText('Vic');
  const tess = await comes('tess.arnold');
  tess.expects(/404/);
  await tess.page.goto(`${review}/items`);
  await expect(tess.page.getByRole('heading', { level: 1 })).toHaveText('Not found');
});
