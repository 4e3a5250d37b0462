import type { Page } from '@playwright/test';
import { expect } from '#e2e/fixtures/expect.ts';
import { test } from '#e2e/fixtures/people.ts';

test.beforeEach(({ tenant }) => tenant.reset());

const reader = 'Security Reader, Directory';

/** Choosing keys alone: a palette that opens, letters, Enter. */
async function palette(page: Page, letters: string): Promise<void> {
  const field = page.getByRole('combobox', { name: 'A role, bundle' });
  // A page that has just come does not listen at once.
  await expect(async () => {
    if (!(await field.isVisible())) await page.keyboard.press('ControlOrMeta+k');
    await expect(field).toBeFocused({ timeout: 3_000 });
  }).toPass();
  await page.keyboard.type(letters);
}

test('the palette finds people for who may read their history, and nobody’s for others', async ({
  ada,
  auden,
}) => {
  await palette(auden.page, 'ada li');
  await expect(auden.page.getByRole('option', { name: /Ada Lind/ })).toBeVisible();
  await auden.page.getByRole('option', { name: /Ada Lind/ }).click();
  await auden.page.waitForURL('**/history?person=Ada%20Lind');
  await palette(ada.page, 'auden');
  await expect(ada.page.getByText('Nothing fits')).toBeVisible();
});

test('from signing in to active and ended, on the keys alone', async ({ arrives, clock }) => {
  const ada = await arrives('ada.lind');
  await ada.visits('/');
  const { page } = ada;
  const account = page.locator('input[name=login][value="ada.lind@contoso.example"]');
  const press = async (key: string, until: () => Promise<boolean>) => {
    for (let presses = 0; presses < 60; presses += 1) {
      await page.keyboard.press(key);
      if (await until()) return;
    }
    throw new Error(`${key} never leads there.`);
  };
  const isAt = (locator: typeof account) => () => locator.evaluate((node) => node === document.activeElement);
  await press('Tab', isAt(account));
  await page.keyboard.press('Space');
  await press('Tab', isAt(page.getByRole('button', { name: 'Sign in' })));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Access', exact: true })).toBeVisible();

  // At once: three letters and Enter.
  await palette(page, 'sec');
  await expect(page.getByRole('option', { name: /Security Reader/, selected: true })).toBeVisible();
  await page.keyboard.press('Enter');
  await ada.sees('Active now', reader);

  // With a reason, given before: arrow down and Enter take it, Ctrl-Enter sends.
  await palette(page, 'dep');
  await expect(page.getByRole('option', { name: /Deployment Operator/, selected: true })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('Justification')).toBeFocused();
  await page.keyboard.type('Hands on the keys');
  await page.keyboard.press('ControlOrMeta+Enter');
  await ada.sees('Active now', 'Deployment Operator, Staging');
  await palette(page, 'user adm');
  await expect(page.getByRole('option', { name: /User Administrator/, selected: true })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('Justification')).toBeFocused();
  await expect(page.getByRole('button', { name: 'Hands on the keys' })).toBeVisible();
  await page.keyboard.press('ArrowDown');
  const before = await page.evaluate(() => document.activeElement?.textContent ?? '');
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('Justification')).toHaveValue(before);
  await page.keyboard.press('ControlOrMeta+Enter');
  await ada.sees('Active now', 'User Administrator, Directory');

  await clock.advance({ minutes: 6 });
  // Stint's clock follows Azure's within a second: before that, PIM's five minutes are not over.
  const row = ada.row('Active now', 'User Administrator, Directory');
  await expect.poll(() => page.reload().then(() => row.textContent())).not.toContain('can be ended in');
  await palette(page, 'end all');
  await expect(page.getByRole('option', { name: /End all/, selected: true })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByText('Nothing is on.')).toBeVisible({ timeout: 20_000 });
});
