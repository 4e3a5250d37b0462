import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator } from '@playwright/test';
import { expectAccessible } from '#e2e/fixtures/axe.ts';
import { expect } from '#e2e/fixtures/expect.ts';
import { test } from '#e2e/fixtures/people.ts';
import type { Person } from '#e2e/fixtures/person.ts';
import { readsTheTenant } from '#e2e/fixtures/reading.ts';

test.describe.configure({ mode: 'serial', timeout: 180_000 });
test.beforeAll(({ tenant }) => tenant.reset());

const owners = ['Owner', 'User Access Administrator', 'Role Based Access Control Administrator'];
const reason = 'On call for Production until spring';
/** Of the review that the first test makes. */
let review = '';
let item = '';
let frozen = 0;

const rows = (person: Person) =>
  person.page
    .getByRole('table', { name: 'Items' })
    .getByRole('row')
    .filter({ has: person.page.locator('[data-select]') });
const line = (person: Person, name: string) => rows(person).filter({ has: person.page.getByLabel(name) });

test('an administrator sees what a template would freeze, is told what is wrong, and opens it', async ({
  comes,
  emulator,
}) => {
  const mira = await comes('mira.novak');
  const { page } = mira;
  await readsTheTenant(mira);
  await page.getByRole('link', { name: 'Reviews' }).click();
  await page.getByRole('link', { name: 'New review' }).click();
  await expectAccessible(page, 'New review');
  await page.getByRole('link', { name: /^Subscription Owners/ }).click();
  await page.getByLabel('Name', { exact: true }).fill('Owners, autumn');
  await page.getByLabel('Ask first').selectOption({ label: 'Named' });
  await page.getByLabel('Named people').fill('rhea.silva@contoso.example');
  await page.getByLabel('Fallback').fill('no.body@contoso.example');
  await page.getByLabel('Length in days').fill('soon');
  await page.getByRole('button', { name: 'Open now' }).click();
  await expect(page.getByLabel('Fallback')).toHaveAccessibleDescription(/Nobody is known as/);
  await expect(page.getByLabel('Length in days')).toHaveAccessibleDescription(/open for 1 to/);
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('Owners, autumn');
  await expectAccessible(page, 'New review with errors');
  await page.getByLabel('Fallback').fill('mira.novak@contoso.example');
  await page.getByLabel('Length in days').fill('14');

  const held = await emulator.assignments();
  frozen = held.filter(
    ({ plane, roleName, assignmentType }) =>
      plane === 'azure' && assignmentType === 'assigned' && owners.includes(roleName),
  ).length;
  const preview = page.getByRole('region', { name: 'Preview' });
  await expect(preview).toContainText(`${frozen} assignments`);
  await preview.getByText('The first').click();
  await expect(preview).toContainText('Ines Castell');
  await page.getByRole('button', { name: 'Open now' }).click();
  await page.waitForURL(/\/reviews\/[\da-f-]{36}$/);
  review = new URL(page.url()).pathname;
  await expect(page.getByText(`0 of ${frozen} submitted`).first()).toBeVisible();
  await expect(page.getByRole('table', { name: 'Reviewers' })).toContainText('Rhea Silva');
  await expectAccessible(page, 'Review, open');
});

test('a reviewer decides by keyboard and in bulk, submits, and changes their mind before the close', async ({
  comes,
}) => {
  const rhea = await comes('rhea.silva');
  const { page } = rhea;
  const { keyboard } = page;
  await page.getByRole('link', { name: 'Reviews' }).click();
  await expectAccessible(page, 'Reviews');
  // By its address: a second try of this file has made another of the same name.
  await page
    .getByRole('table', { name: 'Your reviews' })
    .getByRole('link', { name: 'Owners, autumn' })
    .and(page.locator(`[href^="${review}/"]`))
    .click();
  await expect(page.getByText('A draft that is not submitted counts as silence')).toBeVisible();
  await expect(rows(rhea)).toHaveCount(frozen);

  await keyboard.press('j');
  const first = rows(rhea).first();
  await expect(first).toBeFocused();
  await keyboard.press('a');
  await expect(first.getByRole('button', { name: 'Keep' })).toBeFocused();
  await keyboard.press('Enter');
  await expect(first.getByLabel('Reason')).toBeFocused();
  await keyboard.type(reason);
  await keyboard.press('Control+Enter');
  await expect(first).toContainText('a draft, not submitted');

  await keyboard.press('j');
  for (const name of ['Owner, Production, Ines Castell', 'Owner, Staging, Kofi Mensah']) {
    const row = line(rhea, name);
    if ((await row.count()) > 0) await chooses(rhea, row);
  }
  const chosen = page.getByRole('region', { name: 'Chosen items' });
  await chosen.getByRole('button', { name: /^Remove/ }).click();
  await expect(chosen.getByLabel(/^Reason for/)).toHaveAccessibleDescription(/Say why/);
  await expectAccessible(page, 'Items, chosen');
  await chosen.getByLabel(/^Reason for/).fill('They left the platform');
  await chosen.getByRole('button', { name: /^Remove/ }).click();
  await expect(chosen).toHaveCount(0);
  await page.getByRole('button', { name: /^Submit/ }).click();
  await expect(page.getByText('a draft, not submitted')).toHaveCount(0);
  await expectAccessible(page, 'Items');

  const ines = line(rhea, 'Owner, Production, Ines Castell');
  await ines.getByRole('button', { name: 'Make eligible' }).click();
  await ines.getByLabel('Reason').fill('Needed, but not always on');
  await ines.getByRole('button', { name: /with this reason/ }).click();
  await expect(ines).toContainText('Make eligible by Rhea Silva');
  await expect(ines).not.toContainText('a draft');

  await ines.getByRole('link', { name: /Everything about it/ }).click();
  await expect(page.getByRole('heading', { name: /Ines Castell/ })).toBeVisible();
  item = new URL(page.url()).pathname;
  await expectAccessible(page, 'Item');
});

/** By its key: the row has the focus, x selects it. */
async function chooses({ page }: Person, row: Locator): Promise<void> {
  await row.focus();
  await page.keyboard.press('x');
  await expect(row.getByRole('checkbox')).toBeChecked();
}

test('nobody decides about themselves: not when named, not when handed on to', async ({ comes }) => {
  const rhea = await comes('rhea.silva', { path: `${review}/items?text=Ada+Lind` });
  const ada = line(rhea, 'Owner, Production, Ada Lind');
  await ada.getByRole('button', { name: 'Not mine' }).click();
  await ada.getByLabel('Who knows').fill('no.body@contoso.example');
  await ada.getByRole('button', { name: 'Hand on' }).click();
  await expect(ada.getByLabel('Who knows')).toHaveAccessibleDescription(/Nobody in the tenant/);
  await ada.getByLabel('Who knows').fill('ada.lind@contoso.example');
  await ada.getByRole('button', { name: 'Hand on' }).click();
  await expect(ada.getByRole('alert')).toContainText('Ada Lind would decide on their own access');

  await ada.getByLabel('Who knows').fill('petra.holm@contoso.example');
  await ada.getByRole('button', { name: 'Hand on' }).click();
  await expect(rhea.page.getByText('Nothing matches')).toBeVisible();
  const petra = await comes('petra.holm', { path: `${review}/items` });
  await expect(rows(petra)).toHaveCount(1);
  await expect(rows(petra)).toContainText('Ada Lind');
});

test('an engineer finds nothing of a review that is not theirs', async ({ ada, lou }) => {
  for (const person of [ada, lou]) {
    person.expects(/404/);
    await person.visits('/reviews');
    await expect(person.page.getByText('Nobody asks you anything')).toBeVisible();
    await expect(person.page.getByRole('region', { name: 'All' })).toHaveCount(0);
    for (const path of [
      review,
      `${review}/items`,
      item,
      `${review}/report`,
      `${review}/edit`,
      '/reviews/new',
    ])
      expect((await person.page.goto(path))?.status(), path).toBe(404);
    expect((await person.page.request.get(`/api/exports${review}`)).status()).toBe(404);
  }
  await lou.visits('/reviews');
  await expectAccessible(lou.page, 'Reviews, empty');
});

test('closed early, what was decided is on record as changes, and the evidence sums up', async ({
  comes,
}) => {
  const mira = await comes('mira.novak', { path: review });
  const { page } = mira;
  await page.getByRole('button', { name: 'Close now' }).click();
  await expect(page.getByText('silence counts for what is left')).toBeVisible();
  await page.getByRole('button', { name: 'Close now' }).click();
  const decisions = page.getByRole('table', { name: 'Decisions' });
  await expect(page.getByRole('region', { name: 'Applied' })).toBeVisible();
  await expect(decisions.getByRole('row', { name: /^Make eligible/ })).toContainText('1');
  await expect(page.getByRole('table', { name: 'Applied' })).toContainText('Made eligible');
  await expectAccessible(page, 'Review, closed');

  const answer = await page.request.get(`/api/exports${review}`);
  expect(answer.status()).toBe(200);
  const folder = mkdtempSync(join(tmpdir(), 'stint-evidence-'));
  try {
    writeFileSync(join(folder, 'pack.tar'), await answer.body());
    execFileSync('tar', ['xf', 'pack.tar'], { cwd: folder });
    const checked = execFileSync('sha256sum', ['-c', 'SHA256SUMS'], { cwd: folder, encoding: 'utf8' });
    expect(checked).toContain('population.csv: OK');
    const population = readFileSync(join(folder, 'population.jsonl'), 'utf8').trim().split('\n');
    expect(population).toHaveLength(frozen);
    expect(readFileSync(join(folder, 'rationales.csv'), 'utf8')).toContain(reason);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }

  await page.getByRole('link', { name: 'Report' }).click();
  await expect(page.getByRole('table', { name: 'Taken away' })).toContainText('Ines Castell');
  await expectAccessible(page, 'Report');
  const rhea = await comes('rhea.silva', { path: `${review}/items` });
  await expect(rhea.page.getByText('This review is over')).toBeVisible();
  await expect(rhea.page.getByRole('button', { name: 'Keep' })).toHaveCount(0);
});
