import { expectAccessible } from '#e2e/fixtures/axe.ts';
import type { Emulator } from '#e2e/fixtures/emulator.ts';
import { expect } from '#e2e/fixtures/expect.ts';
import { membersOf } from '#e2e/fixtures/group-members.ts';
import { test } from '#e2e/fixtures/people.ts';
import { readsTheTenant } from '#e2e/fixtures/reading.ts';
import { changeOf, closes, opens, switchesOn } from '#e2e/fixtures/review.ts';

test.describe.configure({ mode: 'serial', timeout: 180_000 });
test.beforeAll(({ tenant }) => tenant.reset());

const patient = { timeout: 60_000 };
/** Of the review of each test. */
let review = '';

test('who has a role through a group is taken out of the group, once the reviewer has seen what else it gives', async ({
  comes,
  emulator,
}) => {
  expect(await membersOf(emulator, 'sg-dev-vm')).toEqual(['Ada Lind', 'Kofi Mensah', 'Quinn Farrell']);
  const mira = await comes('mira.novak', { path: '/posture' });
  await readsTheTenant(mira);
  await switchesOn(mira, 'Group');
  review = await opens(mira, {
    name: 'Through groups',
    roles: ['Reader'],
    ...{ plane: 'Azure', not: ['Eligible'] },
  });

  const rhea = await comes('rhea.silva', { path: `${review}/items?text=Quinn` });
  const row = rhea.page
    .getByRole('table', { name: 'Items' })
    .getByRole('row')
    .filter({ has: rhea.page.getByLabel('Reader, Development, Quinn Farrell') });
  await expect(row).toContainText('through sg-dev-vm');
  // No button here: what else goes is to be looked at first.
  await row.getByRole('link', { name: 'Remove…' }).click();
  const gives = rhea.page.getByRole('region', { name: 'What else leaving it takes away' });
  await expect(gives).toContainText('Virtual Machine Contributor');
  await expect(gives).toContainText('the group keeps its roles');
  await expectAccessible(rhea.page, 'Item through a group');
  await rhea.page.getByRole('button', { name: 'Remove', exact: true }).click();
  await rhea.page.getByLabel('Reason').fill('Moved to another team');
  await rhea.page.getByRole('button', { name: /with this reason/ }).click();
  await expect(rhea.page.getByText('Look, and then say so')).toBeVisible();
  await rhea.page.getByLabel(/^I have seen what else/).check();
  await rhea.page.getByRole('button', { name: /with this reason/ }).click();
  await expect(rhea.page.getByText('a draft, not submitted')).toBeVisible();
  await rhea.page.goto(`${review}/items`);
  await rhea.page.getByRole('button', { name: /^Submit/ }).click();
  await expect(rhea.page.getByText('a draft, not submitted')).toHaveCount(0);

  await closes(mira, review);
  await mira.page.goto('/operations/applier?view=held');
  await expect(changeOf(mira, 'Quinn Farrell')).toContainText('Out of sg-dev-vm');
  await changeOf(mira, 'Quinn Farrell').getByRole('button', { name: 'Release' }).click();
  await mira.page.goto('/operations/applier');
  await expect(async () => {
    await mira.page.reload();
    await expect(changeOf(mira, 'Quinn Farrell')).toContainText('seen in the tenant', { timeout: 1_000 });
  }).toPass(patient);
  expect(await membersOf(emulator, 'sg-dev-vm')).toEqual(['Ada Lind', 'Kofi Mensah']);
  // The group has what it had.
  const held = await emulator.assignments();
  const ofGroup = held.filter(({ principalName }) => principalName === 'sg-dev-vm');
  expect(ofGroup.map(({ roleName }) => roleName).sort()).toEqual(['Reader', 'Virtual Machine Contributor']);
});

const roles = [
  ...['User Administrator', 'Helpdesk Administrator', 'Exchange Administrator', 'Application Administrator'],
  ...['Groups Administrator', 'Security Administrator', 'Security Operator', 'Global Reader'],
];

/** The people of the tenant whom the second review is about, still eligible: by name, once for each role. */
async function eligible(emulator: Emulator): Promise<string[]> {
  const held = await emulator.assignments();
  return held
    .filter(
      ({ plane, kind, roleName }) => plane === 'entra' && kind === 'eligible' && roles.includes(roleName),
    )
    .map(({ principalName }) => principalName)
    .filter((name) => !name.startsWith('sg-'))
    .sort();
}

test('more than ten removals wait for a second administrator, who lets them go at once, but for their own', async ({
  comes,
  emulator,
}) => {
  const before = await eligible(emulator);
  expect(before.length).toBeGreaterThan(10);
  const nadias = before.filter((name) => name === 'Nadia Karim');
  expect(nadias.length).toBeGreaterThan(0);

  const mira = await comes('mira.novak', { path: '/posture' });
  await readsTheTenant(mira);
  await switchesOn(mira, 'Entra');
  review = await opens(mira, {
    name: 'In bulk',
    roles,
    ...{ plane: 'Entra', not: ['Standing', 'Time-bound'] },
  });
  const rhea = await comes('rhea.silva', { path: `${review}/items` });
  const boxes = rhea.page.getByRole('table', { name: 'Items' }).locator('[data-select]');
  await expect(boxes.first()).toBeVisible();
  for (const box of await boxes.all()) await box.check();
  const chosen = rhea.page.getByRole('region', { name: 'Chosen items' });
  await chosen.getByRole('button', { name: /^Remove/ }).click();
  await chosen.getByLabel(/^Reason for/).fill('The new team has other roles');
  await chosen.getByRole('button', { name: /^Remove/ }).click();
  await expect(chosen).toHaveCount(0);
  await rhea.page.getByRole('button', { name: /^Submit/ }).click();
  await expect(rhea.page.getByText('a draft, not submitted')).toHaveCount(0);
  await closes(mira, review);

  await mira.page.goto('/operations/applier?view=held');
  const nadia = await comes('nadia.karim', { path: '/operations/applier?view=held' });
  const lines = nadia.page.getByRole('list', { name: 'Changes' }).getByRole('listitem');
  const count = await lines.count();
  await expect(lines.filter({ hasText: 'Nadia Karim' }).getByRole('button', { name: 'Release' })).toHaveCount(
    0,
  );
  await nadia.page.getByRole('button', { name: `Release all ${count - nadias.length} held here` }).click();
  await expect(lines).toHaveCount(nadias.length);
  const left = async () => (await eligible(emulator)).filter((name) => name !== 'Rhea Silva');
  await expect.poll(left, patient).toEqual(nadias);
});

test('an auditor reads every item of a review, and how all reviews went', async ({ comes }) => {
  const auden = await comes('auden.hale', { path: review });
  const { page } = auden;
  await page.getByRole('link', { name: 'All items' }).click();
  const items = page.getByRole('table', { name: 'All items' });
  await expect(items.getByRole('row', { name: /Ada Lind/ }).first()).toContainText(
    'The new team has other roles',
  );
  await expect(items.getByRole('button')).toHaveCount(0);
  await expectAccessible(page, 'All items');
  await page.getByLabel('Show').selectOption({ label: 'Decided by silence' });
  await page.getByRole('button', { name: 'Filter' }).click();
  await expect(items.getByRole('row').filter({ hasText: 'Ada Lind' })).toHaveCount(0);

  await page.goto('/reviews');
  await expect(page.getByRole('table', { name: 'Reviews by month' })).toBeVisible();
  await expect(page.getByRole('table', { name: 'Applied in all reviews' })).toContainText('Removed');
  await expectAccessible(page, 'All reviews');
});
