import type { Page } from '@playwright/test';
import { expect } from '#e2e/fixtures/expect.ts';
import { test } from '#e2e/fixtures/people.ts';
import type { Person } from '#e2e/fixtures/person.ts';
import { signIn } from '#e2e/fixtures/sign-in.ts';

const harmless = 'Reader, Platform';

test.describe.configure({ mode: 'serial' });
test.beforeAll(({ tenant }) => tenant.reset());

function dialog({ page }: Person) {
  return page.getByRole('dialog', { name: 'Sign in once more' });
}

/** Presses Continue and signs in as somebody in the window that opens. */
async function passes(person: Person, login = person.login): Promise<void> {
  const opened = person.page.waitForEvent('popup');
  await dialog(person).getByRole('button', { name: /Continue|Open it again/ }).click();
  const popup: Page = await opened;
  await popup.waitForURL(/oauth2/);
  await signIn(popup, login);
}

test('an administrator switches it on by passing it', async ({ comes }) => {
  const mira = await comes('mira.novak', { path: '/settings' });
  await mira.page.getByRole('group', { name: 'Before activating' }).getByLabel('Always').check();
  await mira.page.getByRole('group', { name: 'Before approving' }).getByLabel('Always').check();
  await mira.page.getByRole('button', { name: 'Save' }).first().click();
  await expect(dialog(mira)).toBeVisible();
  await passes(mira);
  await expect(dialog(mira)).toHaveCount(0);
  await expect(mira.page.getByText('Saved. It holds from now on.')).toBeVisible();
});

test('an activation asks', async ({ ada }) => {
  await ada.chooses(harmless);
  await ada.fills({ minutes: 30 });
  await ada.submits();
  await expect(dialog(ada)).toBeVisible();
  await passes(ada);
  await expect(ada.results()).toHaveCount(1);
});
