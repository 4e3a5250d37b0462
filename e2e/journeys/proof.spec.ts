import { expectAccessible } from '#e2e/fixtures/axe.ts';
import { expect } from '#e2e/fixtures/expect.ts';
import { test } from '#e2e/fixtures/people.ts';
import type { Person } from '#e2e/fixtures/person.ts';
import { opensWindow, passes, stepUpDialog } from '#e2e/fixtures/step-up.ts';

const harmless = 'Reader, Platform';
const cluster = 'Azure Kubernetes Service RBAC Cluster Admin, aks-core';
const card = 'Ada Lind: Azure Kubernetes Service RBAC Cluster Admin on aks-core';

test.describe.configure({ timeout: 120_000 });
test.beforeAll(({ tenant }) => tenant.reset());

function formOf({ page }: Person) {
  return page.getByRole('form', { name: 'Fresh sign-in' });
}

async function saves(mira: Person): Promise<void> {
  await formOf(mira).getByRole('button', { name: 'Save' }).click();
}

function choice({ page }: Person, group: string, option: string) {
  return page.getByRole('group', { name: group }).getByRole('radio', { name: option });
}

test('an administrator switches it on only by passing it, and a save that came too late keeps what was typed', async ({
  comes,
}) => {
  const mira = await comes('mira.novak', { path: '/settings' });
  const second = await comes('mira.novak', { path: '/settings' });
  await choice(mira, 'Before activating', 'Always').check();
  await choice(mira, 'Before approving', 'Always').check();
  await mira.page.getByLabel('Before administration').check();
  await expectAccessible(mira.page, 'Settings');
  await saves(mira);
  await expect(stepUpDialog(mira)).toContainText('Mira Novak');
  await expectAccessible(mira.page, 'Step-up');
  await stepUpDialog(mira).getByRole('button', { name: 'Cancel' }).click();
  await expect(formOf(mira).getByRole('alert')).toContainText('fresh sign-in');
  await expect(choice(mira, 'Before activating', 'Always')).toBeChecked();
  await saves(mira);
  await passes(mira);
  await expect(mira.page.getByText('Saved. It holds from now on.')).toBeVisible();

  await second.page.getByLabel('Fresh for (minutes)').fill('5');
  await saves(second);
  await expect(formOf(second).getByRole('alert')).toContainText('Mira Novak saved this while you were at it');
  await expect(second.page.getByLabel('Fresh for (minutes)')).toHaveValue('5');
  await second.page.getByRole('button', { name: 'Show theirs' }).click();
  await expect(second.page.getByLabel('Fresh for (minutes)')).toHaveValue('10');
  await expect(choice(second, 'Before activating', 'Always')).toBeChecked();
  await second.page.getByLabel('Fresh for (minutes)').fill('5');
  await saves(second);
  await passes(second);
  await expect(second.page.getByText('Saved. It holds from now on.')).toBeVisible();
});

test('an activation asks: cancel keeps the form, the wrong account is told, the right one sends it by itself', async ({
  ada,
}) => {
  expect(await loadedScripts(ada)).not.toContain('acquireTokenPopup');
  await ada.chooses(harmless, cluster);
  await ada.fills({ justification: 'Drain the canary pool', minutes: 30 });
  await ada.submits();
  await expect(stepUpDialog(ada)).toContainText('Ada Lind');
  await stepUpDialog(ada).getByRole('button', { name: 'Cancel' }).click();
  await expect(ada.page.getByRole('alert').filter({ hasText: 'fresh sign-in' })).toBeVisible();
  await expect(ada.page.getByLabel('Justification')).toHaveValue('Drain the canary pool');
  await expect(ada.page.getByRole('checkbox', { name: harmless, exact: true })).toBeChecked();

  await ada.submits();
  await passes(ada, 'bo.okafor');
  await expect(stepUpDialog(ada).getByRole('alert')).toContainText(
    'Bo Okafor signed in there, and this page is Ada Lind’s',
  );
  await passes(ada);
  await expect(stepUpDialog(ada)).toHaveCount(0);
  await expect(ada.results()).toHaveCount(2);
  await ada.sees('Active now', harmless);
  expect(await storedTokens(ada)).toEqual([]);

  const path = await ada.opensStory('Pending', cluster);
  await ada.visits(path);
  await expect(ada.moment('Ada Lind asked for 30 min')).toBeVisible();
});

test('a window closed leaves the way back, and can be opened again', async ({ ada }) => {
  await ada.chooses('Contributor, Staging');
  await ada.fills({ justification: 'A disk is full', minutes: 30 });
  await ada.submits();
  const popup = await opensWindow(ada);
  await popup.close();
  await expect(stepUpDialog(ada)).toContainText('Waiting for the other window');
  await passes(ada);
  await expect(ada.results()).toHaveCount(1);
});

test('a window that the browser blocks is told, with what to do', async ({ ada }) => {
  await ada.page.evaluate(() => {
    window.open = () => null;
  });
  await ada.chooses('Deployment Operator, Staging');
  await ada.fills({ justification: 'Roll back the release', minutes: 30 });
  await ada.submits();
  await stepUpDialog(ada).getByRole('button', { name: 'Continue' }).click();
  await expect(stepUpDialog(ada).getByRole('alert')).toContainText('Allow pop-ups for this page');
  await ada.page.keyboard.press('Escape');
  await expect(ada.page.getByLabel('Justification')).toHaveValue('Roll back the release');
});

test('a decision asks, and its reason stays while one signs in', async ({ bo }) => {
  await bo.denies(card, 'test');
  await expect(bo.card(card)).toContainText('“test” says nothing');
  await bo.approves(card, 'Agreed in stand-up');
  await expect(stepUpDialog(bo)).toContainText('Bo Okafor');
  await stepUpDialog(bo).getByRole('button', { name: 'Cancel' }).click();
  await expect(bo.card(card).getByLabel('Justification')).toHaveValue('Agreed in stand-up');
  await bo.card(card).getByRole('button', { name: 'Approve' }).click();
  await passes(bo);
  await expect(bo.card(card)).toHaveCount(0);
});

test('administration asks; afterwards it is switched off, which asks once more', async ({ comes }) => {
  const mira = await comes('mira.novak', { path: '/sessions' });
  await mira.visits('/sessions?person=bo');
  await mira.page
    .getByRole('button', { name: /^End Bo Okafor/ })
    .first()
    .click();
  await expect(stepUpDialog(mira)).toBeVisible();
  await stepUpDialog(mira).getByRole('button', { name: 'Cancel' }).click();
  await mira.visits('/settings');
  await choice(mira, 'Before activating', 'Never').check();
  await choice(mira, 'Before approving', 'Never').check();
  await mira.page.getByLabel('Before administration').uncheck();
  await saves(mira);
  await passes(mira);
  await expect(mira.page.getByText('Saved. It holds from now on.')).toBeVisible();
});

test('reasons are explained while one types, and judged when sent', async ({ ada, comes }) => {
  const mira = await comes('mira.novak', { path: '/settings' });
  const form = mira.page.getByRole('form', { name: 'Reasons' });
  await form.getByLabel('At least').fill('12');
  await form.getByLabel('Try one').fill('更换支付证书');
  await expect(form.getByLabel('Try one')).toHaveAccessibleDescription('This would do. It counts 12.');
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(mira.page.getByText('Saved. It holds from now on.')).toBeVisible();

  await ada.visits('/');
  await ada.chooses('User Administrator, Directory');
  const reason = ada.page.getByLabel('Justification');
  await expect(reason).toHaveAccessibleDescription(/at least 12 characters/);
  await reason.fill('Fix DNS');
  await expect(reason).toHaveAccessibleDescription(/6 characters to go/);
  await expect(reason).not.toHaveAttribute('aria-invalid', 'true');
  await ada.submits();
  await expect(reason).toHaveAttribute('aria-invalid', 'true');
  await reason.fill('CHG0090311 CHG0090311');
  await expect(reason).not.toHaveAttribute('aria-invalid', 'true');
  await reason.fill('Reset the password of a colleague');
  await ada.submits();
  await expect(ada.results()).toHaveCount(1);

  await mira.page.reload();
  await form.getByLabel('At least').fill('0');
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(mira.page.getByText('Saved. It holds from now on.')).toBeVisible();
});

test('a page says when somebody else signs in at its browser, and keeps what was typed for whose it is', async ({
  ada,
}) => {
  await ada.visits('/');
  await ada.chooses('Key Vault Secrets Officer, rg-payments');
  await ada.fills({ justification: 'What Ada typed' });
  const tab = await ada.context.newPage();
  await tab.goto('/auth/sign-in?as=bo.okafor%40contoso.example');
  await tab.locator('input[name=login][value="bo.okafor@contoso.example"]').check();
  await tab.getByRole('button', { name: 'Sign in' }).click();
  await expect(tab.getByRole('heading', { name: 'Access', exact: true })).toBeVisible();

  const dialog = ada.page.getByRole('alertdialog', { name: 'Somebody else is signed in now' });
  await expect(dialog).toContainText('Bo Okafor has signed in since');
  await expectAccessible(ada.page, 'Somebody else');
  await dialog.getByRole('link', { name: 'Go on as Bo Okafor' }).click();
  await expect(ada.page.getByRole('heading', { name: 'Access', exact: true })).toBeVisible();
  await expect(ada.page.getByText('What Ada typed')).toHaveCount(0);
  await expect(dialog).toHaveCount(0);

  await tab.getByRole('button', { name: 'Sign out' }).click();
  await expect(tab.getByRole('heading', { name: 'You are signed out' })).toBeVisible();
  const out = ada.page.getByRole('alertdialog', { name: 'You are signed out' });
  await out.getByRole('link', { name: 'Sign in as Bo Okafor' }).click();
  await ada.page.locator('input[name=login][value="ada.lind@contoso.example"]').check();
  await ada.page.getByRole('button', { name: 'Sign in' }).click();
  await expect(ada.page.getByLabel('Justification')).toHaveValue('What Ada typed');
});

/** What of this page's storage looks like a token (a JWT, or the authority's own). */
async function storedTokens({ page }: Person): Promise<string[]> {
  const { local, session, cookie } = await page.evaluate(() => ({
    local: JSON.stringify(localStorage),
    session: JSON.stringify(sessionStorage),
    cookie: document.cookie,
  }));
  return [local, session, cookie].filter((text) => /eyJ[\w-]{8,}\./.test(text));
}

/** The text of every script that the page has loaded so far: Microsoft's library is none of it before it is needed. */
async function loadedScripts({ page }: Person): Promise<string> {
  const addresses = await page.evaluate(() =>
    performance.getEntriesByType('resource').map(({ name }) => name),
  );
  const scripts = addresses.filter((one) => one.includes('/_next/static/') && one.endsWith('.js'));
  expect(scripts.length).toBeGreaterThan(3);
  const texts = await Promise.all(scripts.map(async (one) => (await page.request.get(one)).text()));
  return texts.join('\n');
}
