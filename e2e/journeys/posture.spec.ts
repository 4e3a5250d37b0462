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

test('an auditor looks and begins nothing; nobody else finds the pages', async ({ ada, auden, comes }) => {
  await auden.visits('/posture');
  await expect(auden.page.getByRole('table', { name: /Assignments/ })).toBeVisible();
  await expect(auden.page.getByRole('button', { name: 'Read now' })).toHaveCount(0);
  for (const person of [ada, await comes('rhea.silva')]) {
    person.expects(/404/);
    await person.visits('/');
    await expect(person.page.getByRole('link', { name: 'Posture' })).toHaveCount(0);
    for (const path of ['/posture', '/posture/inventory', '/posture/roles']) {
      expect((await person.page.goto(path))?.status()).toBe(404);
    }
  }
});
