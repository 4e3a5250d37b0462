import type { Page } from '@playwright/test';
import { expectAccessible } from '#e2e/fixtures/axe.ts';
import { expect } from '#e2e/fixtures/expect.ts';
import { test } from '#e2e/fixtures/people.ts';
import { readsTheTenant } from '#e2e/fixtures/reading.ts';

const role = 'Key Vault Secrets Officer';

test.describe.configure({ mode: 'serial' });
test.beforeAll(async ({ tenant, policy }) => {
  await policy([]);
  await tenant.reset();
});
test.afterAll(async ({ tenant, policy }) => {
  await policy([]);
  await tenant.reset();
});

/** Types a part of a name, and takes what is found. */
async function adds(page: Page, label: string, typed: string, name: string, verb = 'Add') {
  await page.getByLabel(label, { exact: true }).fill(typed);
  await page.getByRole('button', { name: `${verb} ${name}`, exact: true }).click();
}
async function saves(page: Page, why: string) {
  await page.getByLabel('Why', { exact: true }).fill(why);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('Saved. It holds from now on.')).toBeVisible();
}

/** Of the first rule: other journeys save policies too. */
let version = 0;

test('an administrator writes a rule without typing an id, and saves it with a reason', async ({ comes }) => {
  const mira = await comes('mira.novak', { path: '/settings/approvals' });
  const { page } = mira;
  await readsTheTenant(mira);
  await mira.visits('/settings/approvals');
  await expect(page.getByText('No rule yet')).toBeVisible();
  await expectAccessible(page, 'A policy without rules');
  await page.getByRole('button', { name: 'Add a rule' }).click();
  await page.getByLabel('Name', { exact: true }).first().fill('Payments secrets');
  await adds(page, 'Roles', 'Key Vault Secrets Off', role);
  // Nobody signs it yet.
  await expect(page.getByRole('list', { name: 'To mend first' })).toContainText('Choose who signs');
  await adds(page, 'Find', 'sg-approvers-plat', 'sg-approvers-platform');
  await page.getByLabel('Critical roles only').uncheck();
  await page.getByLabel('Longer than').fill('30 min');
  await expect(
    page.getByText(`${role}, longer than 30 min: 1 of sg-approvers-platform.`).first(),
  ).toBeVisible();
  await expectAccessible(page, 'A rule of the policy');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByLabel('Why', { exact: true })).toHaveAccessibleDescription(/Say why/);
  await saves(page, 'Agreed in the platform meeting');
  const inForce = page.getByText(/Version \d+ is in force: Agreed in the platform meeting/);
  await expect(inForce).toBeVisible();
  version = Number(/\d+/.exec((await inForce.textContent()) ?? ''));
});

test('trying it shows what would happen, who could sign now, and rule by rule why', async ({ comes }) => {
  const mira = await comes('mira.novak', { path: '/settings/approvals' });
  const { page } = mira;
  // Who is in the group is read since the policy names it.
  await readsTheTenant(mira);
  await mira.visits('/settings/approvals');
  await adds(page, 'Person', 'Ada Lind', 'Ada Lind', 'Choose');
  await page.getByLabel(/A role Ada Lind/).selectOption({ label: `${role}, rg-payments` });
  await page.getByRole('button', { name: 'Try it' }).click();
  await expect(page.getByText('It would wait for signatures, by “Payments secrets”')).toBeVisible();
  await expect(page.getByRole('region', { name: 'Stage 1' })).toContainText('Bo Okafor');
  await expect(page.getByRole('region', { name: 'Rule by rule' })).toContainText(
    'longer than 30 min: yes, 1 h',
  );
  await expectAccessible(page, 'A policy that was tried');
  await page.getByLabel('Length', { exact: true }).fill('20 min');
  await page.getByRole('button', { name: 'Try it' }).click();
  await expect(page.getByText('Stint would ask nobody')).toBeVisible();
});

test('who is eligible sees what holds the stages, and before they ask, who will be asked', async ({
  ada,
}) => {
  await ada.visits('/');
  await expect(ada.row('Eligible', `${role}, rg-payments`)).toContainText(/signatures in Stint/);
  await ada.chooses(`${role}, rg-payments`);
  await ada.fills({ minutes: 60 });
  await expect(ada.page.getByText(/Waits in Stint first\. Asks 1 of \d+: Bo Okafor/)).toBeVisible();
  await expectAccessible(ada.page, 'A sheet with stages ahead');
  await ada.fills({ minutes: 15 });
  await expect(ada.page.getByText(/Waits in Stint first/)).toHaveCount(0);
});

test('every version stays with who, when and why; an old one is restored as a new one', async ({ comes }) => {
  const mira = await comes('mira.novak', { path: '/settings/approvals' });
  const { page } = mira;
  await page.getByRole('button', { name: 'Remove Payments secrets' }).click();
  await saves(page, 'Nobody signs over the holidays');
  await page.getByRole('link', { name: 'Versions' }).click();
  const first = page
    .getByRole('list', { name: 'Versions' })
    .getByRole('listitem')
    .filter({ hasText: new RegExp(`Version ${version}\\b`) });
  await expect(first).toContainText('Rule “Payments secrets” is new');
  const restore = page.getByRole('button', { name: `Restore version ${version}`, exact: true });
  await restore.click();
  await page.getByLabel('Why', { exact: true }).fill('Back to normal');
  await restore.click();
  await expect(page.getByText(`Version ${version + 2}`)).toBeVisible();
  await expectAccessible(page, 'Versions of the policy');
});

test('a policy is carried to another Stint as a document, and what is wrong with it is said', async ({
  comes,
}) => {
  const mira = await comes('mira.novak', { path: '/settings/approvals' });
  const { page } = mira;
  await page.getByText('Copy it, paste another').click();
  const document = page.getByLabel('Document (JSON)');
  const kept = JSON.parse(await document.inputValue());
  await document.fill(JSON.stringify({ ...kept, rules: [{ ...kept.rules[0], id: 'mine' }] }));
  await page.getByRole('button', { name: 'Read what was pasted' }).click();
  await expect(document).toHaveAccessibleDescription(/rules\.0\.id: An id is a GUID/);
  await document.fill(JSON.stringify({ ...kept, rules: [] }));
  await page.getByRole('button', { name: 'Read what was pasted' }).click();
  await expect(page.getByText('No rule yet')).toBeVisible();
  // And it is as it was for whoever comes after.
  await saves(page, 'The end of this journey');
});

test('somebody has duty by a schedule, and somebody else for a time', async ({ comes }) => {
  const mira = await comes('mira.novak', { path: '/settings/schedules/new' });
  const { page } = mira;
  await page.getByLabel('Name', { exact: true }).fill('Platform duty');
  await adds(page, 'People', 'Bo Okafor', 'Bo Okafor');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Platform duty' })).toBeVisible();
  await adds(page, 'Who is on call instead', 'Cy Tran', 'Cy Tran', 'Choose');
  const at = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 16);
  await page.getByLabel('From', { exact: true }).first().fill(at(-1));
  await page.getByLabel('Until', { exact: true }).fill(at(60));
  await page.getByRole('button', { name: 'Put on call' }).click();
  const ahead = page.getByRole('table', { name: 'On call in the next two weeks' });
  await expect(ahead).toContainText('Cy Tran');
  await expectAccessible(page, 'A schedule of duty');
  await page.getByRole('button', { name: 'Call off Cy Tran' }).click();
  await expect(ahead.or(page.getByText('Nobody: the first turn begins later.')).first()).not.toContainText(
    'Cy Tran',
  );
  await mira.visits('/settings/schedules');
  await expect(page.getByRole('link', { name: 'Platform duty' })).toBeVisible();
});

test('accounts of one person are linked by an administrator, and unlinked', async ({ comes }) => {
  const { page } = await comes('mira.novak', { path: '/settings/approvals/accounts' });
  await adds(page, 'Accounts', 'Ada Lind', 'Ada Lind');
  await adds(page, 'Accounts', 'Lou Grant', 'Lou Grant');
  await page.getByRole('button', { name: 'Link these two' }).click();
  const linked = page.getByRole('list', { name: 'Linked accounts' });
  await expect(linked).toContainText('ada.lind@contoso.example');
  await expectAccessible(page, 'Linked accounts');
  await page.getByRole('button', { name: 'Unlink lou.grant@contoso.example' }).click();
  await expect(page.getByText('No accounts are linked')).toBeVisible();
});
