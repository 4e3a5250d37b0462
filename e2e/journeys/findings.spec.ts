import { expectAccessible } from '#e2e/fixtures/axe.ts';
import { readCsv } from '#e2e/fixtures/csv.ts';
import { expect } from '#e2e/fixtures/expect.ts';
import { test } from '#e2e/fixtures/people.ts';
import type { Person } from '#e2e/fixtures/person.ts';

test.describe.configure({ mode: 'serial', timeout: 90_000 });
test.beforeAll(({ tenant }) => tenant.reset());

const title = 'Ines Castell holds Owner on Production without an end';

/** The tenant is read and judged shortly after the start. */
async function seesFindings(person: Person): Promise<void> {
  await expect(async () => {
    await person.visits('/posture/findings?kind=standing_privilege');
    await expect(person.page.getByRole('link', { name: title })).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 40_000 });
}

test('an administrator finds what stands, gives it to somebody, accepts it for a time and takes that back', async ({
  auden,
  comes,
}) => {
  await auden.visits('/posture');
  const mira = await comes('mira.novak', { path: '/posture' });
  await seesFindings(mira);
  await mira.visits('/posture');
  await expect(mira.page.getByRole('region', { name: 'Zero standing' })).toContainText('× 100 ÷');
  await expectAccessible(mira.page, 'Posture');
  const high = mira.page
    .getByRole('region', { name: 'Open findings' })
    .getByRole('link', { name: /high risk/ });
  const table = mira.page.getByRole('table', { name: 'Findings' });
  // A look at changes may find one more between the two pages.
  await expect(async () => {
    await mira.visits('/posture');
    const open = Number((await high.textContent())?.match(/\d+/)?.[0]);
    await high.click();
    await expect(table.getByRole('row')).toHaveCount(open + 1, { timeout: 5_000 });
  }).toPass();
  await expectAccessible(mira.page, 'Findings');
  await mira.page.getByLabel('In the title').fill('ines castell');
  await mira.page.getByLabel('Kind').selectOption({ label: 'Standing privilege' });
  await mira.page.getByRole('button', { name: 'Filter' }).click();
  await expect(table.getByRole('row')).toHaveCount(2);
  await mira.page.getByRole('link', { name: title }).click();
  await expect(mira.page.getByRole('table', { name: 'Evidence' })).toContainText('can assign roles');
  await expectAccessible(mira.page, 'A finding');

  await mira.page.getByLabel('Taken on by').selectOption({ label: 'Auden Hale' });
  await mira.page.getByRole('button', { name: 'Give' }).click();
  await expect(happened(mira, 'gave it to Auden Hale')).toBeVisible();

  const until = new Date(Date.now() + 60 * 86_400_000).toISOString().slice(0, 10);
  await mira.page.getByLabel('Until (UTC)').fill(until);
  await mira.page.getByRole('button', { name: 'Accept' }).click();
  await expect(mira.page.getByLabel('Why it may stay')).toHaveAccessibleDescription(/Say why/);
  await mira.page.getByLabel('Why it may stay').fill('Until the migration is over');
  await mira.page.getByRole('button', { name: 'Accept' }).click();
  await expect(happened(mira, `accepted it until ${until}`)).toContainText('Until the migration is over');
  await expectAccessible(mira.page, 'An accepted finding');
  const path = new URL(mira.page.url()).pathname;

  await auden.visits('/posture/findings?state=accepted&assignee=me');
  await auden.page.getByRole('link', { name: title }).click();
  await expect(auden.page.getByRole('region', { name: 'Accepted' })).toContainText('By Mira Novak');
  await expect(auden.page.getByRole('button', { name: 'Take the acceptance back' })).toHaveCount(0);

  await mira.page.getByRole('button', { name: 'Take the acceptance back' }).click();
  await expect(happened(mira, 'took the acceptance back')).toBeVisible();
  await auden.visits('/posture/findings?state=accepted');
  await expect(auden.page.getByText('Nothing matches')).toBeVisible();
  await auden.visits(path);
  await expect(auden.page.getByRole('button', { name: 'Accept' })).toHaveCount(0);
});

test('a copy has what the page shows; strangers find nothing', async ({ ada, auden, comes }) => {
  await auden.visits('/posture/findings?risk=high');
  const shown = await auden.page.getByRole('table', { name: 'Findings' }).getByRole('row').count();
  const answer = await auden.page.request.get('/api/exports/findings?risk=high');
  const rows = readCsv(await answer.text());
  expect(rows).toHaveLength(shown - 1);
  expect(rows.map((row) => row.title)).toContain(title);
  const record = await auden.page.request.get('/api/exports/audit?action=findings.exported');
  expect(JSON.parse((await record.text()).trim().split('\n').at(-1) ?? '')).toMatchObject({
    actorName: 'Auden Hale',
    details: { format: 'csv', query: 'risk=high' },
  });
  for (const person of [ada, await comes('rhea.silva')]) {
    person.expects(/404|403/);
    for (const path of ['/posture/findings', `/posture/findings/${rows[0]?.finding}`])
      expect((await person.page.goto(path))?.status()).toBe(404);
    expect((await person.page.request.get('/api/exports/findings')).status()).toBe(403);
  }
});

function happened(person: Person, words: string) {
  return person.page
    .getByRole('region', { name: 'What happened' })
    .getByRole('listitem')
    .filter({ hasText: words });
}
