import { expectAccessible } from '#e2e/fixtures/axe.ts';
import { expect } from '#e2e/fixtures/expect.ts';
import { test } from '#e2e/fixtures/people.ts';
import { readsTheTenant } from '#e2e/fixtures/reading.ts';

test.describe.configure({ mode: 'serial' });
test.beforeAll(({ tenant }) => tenant.reset());

test('an administrator sees who holds what, and the numbers are the tenant’s own', async ({
  comes,
  emulator,
}) => {
  const mira = await comes('mira.novak');
  await mira.page.getByRole('link', { name: 'Posture' }).click();
  await expect(mira.page.getByRole('heading', { name: 'Posture', level: 1 })).toBeVisible();
  await readsTheTenant(mira);
  const all = await emulator.assignments();
  const table = mira.page.getByRole('table', { name: 'Assignments by plane and principal' });
  const counted = async (row: string, column: number) =>
    Number(await table.getByRole('row', { name: row }).getByRole('cell').nth(column).textContent());
  for (const [name, plane] of [
    ['Azure', 'azure'],
    ['Entra', 'entra'],
    ['Group', 'group'],
  ] as const) {
    const held = all.filter((one) => one.plane === plane);
    const standing = held.filter(
      (one) => one.kind === 'active' && one.assignmentType === 'assigned' && one.endAt === null,
    );
    expect(await counted(name, 0)).toBe(held.filter(({ kind }) => kind === 'eligible').length);
    expect(await counted(name, 1)).toBe(standing.length);
  }
  await expectAccessible(mira.page, 'Posture');
});

test('a number leads to its assignments, and a filter to those it names', async ({ comes }) => {
  const mira = await comes('mira.novak', { path: '/posture' });
  const row = mira.page.getByRole('row', { name: 'Managed identity' });
  const standing = row.getByRole('cell').nth(1).getByRole('link');
  const count = Number(await standing.textContent());
  await standing.click();
  const table = mira.page.getByRole('table', { name: 'Inventory' });
  await expect(table.getByRole('row')).toHaveCount(count + 1);
  for (const line of (await table.getByRole('row').all()).slice(1)) {
    await expect(line).toContainText('Managed identity');
    await expect(line).toContainText('Standing');
  }
  // What is given at a management group takes effect at what hangs below it.
  await mira.visits('/posture/inventory');
  await mira.page.getByLabel('Takes effect at').fill('Staging');
  await mira.page.getByLabel('Role or scope').fill('owner');
  await mira.page.getByRole('button', { name: 'Filter' }).click();
  await expect(table.getByRole('row')).toHaveCount(2);
  await expect(table).toContainText('Petra Holm');
  await expectAccessible(mira.page, 'Inventory of a subscription');
  await table.getByRole('link', { name: 'Petra Holm' }).click();
  await expect(mira.page.getByRole('table', { name: 'Access' })).toContainText(
    'Platform (management group) · and everything below: 3 subscriptions: Production, Shared Services, Staging',
  );
  await mira.page.goBack();
  await mira.page.getByLabel('Role or scope').fill('no role is called so');
  await mira.page.getByRole('button', { name: 'Filter' }).click();
  await expect(mira.page.getByText('Nothing matches')).toBeVisible();
  await expectAccessible(mira.page, 'Inventory without a hit');
});

test('the smallest role for what one needs, and what it has beside another', async ({ comes }) => {
  const mira = await comes('mira.novak', { path: '/posture' });
  await mira.page.getByRole('link', { name: 'Roles', exact: true }).click();
  await mira.page.getByLabel(/Actions it must allow/).fill('Microsoft.Compute/virtualMachines/start/action');
  await mira.page.getByRole('button', { name: 'Find' }).click();
  const found = mira.page.getByRole('table', { name: 'Roles' }).getByRole('row');
  await expect(found.last()).toContainText('Owner');
  await expect(mira.page.getByRole('link', { name: 'Reader', exact: true })).toHaveCount(0);
  await mira.page.getByRole('link', { name: 'Contributor', exact: true }).click();
  await expect(mira.page.getByRole('heading', { name: 'Contributor', level: 1 })).toBeVisible();
  await expect(mira.page.getByRole('region', { name: 'Takes away' })).toContainText(
    'Microsoft.Authorization',
  );
  await mira.page.getByLabel('Compare with').selectOption({ label: 'Owner' });
  await mira.page.getByRole('button', { name: 'Compare' }).click();
  await expect(mira.page.getByRole('region', { name: 'Only Owner' })).toBeVisible();
  await expectAccessible(mira.page, 'Role');
});

test('from a name to all that it reaches, and whether it is used', async ({ comes }) => {
  const mira = await comes('mira.novak', { path: '/posture/inventory?principal=ada.lind&kind=eligible' });
  const used = mira.page.getByRole('row', { name: /Contributor.*Staging/ });
  await expect(used).toContainText(/activated \d+ times, last/);
  await mira.page.getByLabel('Use').selectOption({ label: 'Never activated' });
  await mira.page.getByRole('button', { name: 'Filter' }).click();
  await expect(mira.page.getByText('Activations are known since')).toBeVisible();
  await expect(used).toHaveCount(0);
  for (const row of (await mira.page.getByRole('table').getByRole('row').all()).slice(1))
    await expect(row).toContainText('never activated since');
  await mira.page.getByRole('link', { name: 'Ada Lind' }).first().click();
  await expect(mira.page.getByRole('heading', { name: 'Ada Lind', level: 1 })).toBeVisible();
  const access = mira.page.getByRole('table', { name: 'Access' });
  await expect(access.getByRole('row', { name: /Virtual Machine Contributor/ })).toContainText(
    'in sg-dev-vm',
  );
  await expect(access.getByRole('row', { name: /Network Contributor/ })).toContainText(
    'may join sg-breakfix-network',
  );
  await expectAccessible(mira.page, 'Access');
});

test('an archive extends what is known, twice is once, and the export says since when', async ({
  comes,
  emulator,
}) => {
  const mira = await comes('mira.novak', { path: '/posture/use' });
  const archive = await (await fetch(`${emulator.origin}/_emulator/audit-archive`)).text();
  const imports = async () => {
    const file = { name: 'archive.jsonl', mimeType: 'application/x-ndjson', buffer: Buffer.from(archive) };
    await mira.page.getByLabel('File').setInputFiles(file);
    await mira.page.getByLabel('First day it covers').fill('2026-01-01');
    await mira.page.getByLabel('Last day it covers').fill(new Date().toISOString().slice(0, 10));
    await mira.page.getByRole('button', { name: 'Import' }).click();
  };
  await imports();
  await expect(mira.page.getByText(/6 taken, 0 known already/)).toBeVisible();
  await imports();
  await expect(mira.page.getByText(/0 taken, 6 known already/)).toBeVisible();
  await expect(mira.page.getByText(/Every activation is known since 1 Jan 2026/)).toBeVisible();
  // From its top: scrolled, half of the way around lies below the head of the page.
  await mira.page.evaluate(() => window.scrollTo(0, 0));
  await expectAccessible(mira.page, 'Use');
  const lines = await mira.page.request.get('/api/exports/inventory?use=never&format=jsonl');
  for (const line of (await lines.text()).trim().split('\n'))
    expect(JSON.parse(line)).toMatchObject({ activations: 0, use_known_since: '2026-01-01T00:00:00.000Z' });
});

test('an auditor looks and begins nothing; nobody else finds the pages', async ({ ada, auden, comes }) => {
  await auden.visits('/posture');
  await expect(auden.page.getByRole('table', { name: /Assignments/ })).toBeVisible();
  await expect(auden.page.getByRole('button', { name: 'Read now' })).toHaveCount(0);
  await auden.visits('/posture/use');
  await expect(auden.page.getByRole('table', { name: 'Sources' })).toBeVisible();
  await expect(auden.page.getByLabel('File')).toHaveCount(0);
  for (const person of [ada, await comes('rhea.silva')]) {
    person.expects(/404/);
    await person.visits('/');
    await expect(person.page.getByRole('link', { name: 'Posture' })).toHaveCount(0);
    for (const path of ['/posture', '/posture/inventory', '/posture/roles', '/posture/use']) {
      expect((await person.page.goto(path))?.status()).toBe(404);
    }
  }
});
