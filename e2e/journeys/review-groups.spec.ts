import { expectAccessible } from '#e2e/fixtures/axe.ts';
import type { Emulator } from '#e2e/fixtures/emulator.ts';
import { expect } from '#e2e/fixtures/expect.ts';
import { membersOf } from '#e2e/fixtures/group-members.ts';
import { test } from '#e2e/fixtures/people.ts';
import type { Person } from '#e2e/fixtures/person.ts';
import { readsTheTenant } from '#e2e/fixtures/reading.ts';

test.describe.configure({ mode: 'serial', timeout: 180_000 });
test.beforeAll(({ tenant }) => tenant.reset());

const patient = { timeout: 60_000 };
/** Of the review of each test. */
let review = '';

const changeOf = ({ page }: Person, name: string) =>
  page.getByRole('list', { name: 'Changes' }).getByRole('listitem').filter({ hasText: name });

interface Plan {
  name: string;
  roles: string[];
  plane: 'Entra' | 'Azure';
  /** How it is not held. */
  not: string[];
}

/** A review of certain roles of people, asked of Rhea Silva, applied only when an administrator lets it go. */
async function opens({ page }: Person, { name, roles, plane, not }: Plan): Promise<string> {
  await page.goto('/reviews/new');
  await page.getByRole('link', { name: /^Critical Entra roles/ }).click();
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByLabel('These roles').check();
  await page.getByLabel('Role names, one a line').fill(roles.join('\n'));
  const tick = (group: string, box: string) =>
    page.getByRole('group', { name: group }).getByLabel(box, { exact: true });
  await tick('Planes', 'Entra').setChecked(plane === 'Entra');
  await tick('Planes', 'Azure').setChecked(plane === 'Azure');
  for (const kind of not) await tick('How it is held', kind).uncheck();
  for (const kind of ['Group', 'Unknown']) await tick('Held by', kind).uncheck();
  await page.getByLabel('Ask first').selectOption({ label: 'Named' });
  await page.getByLabel('Named people').fill('rhea.silva@contoso.example');
  await page.getByLabel('Fallback').fill('mira.novak@contoso.example');
  await page.getByRole('radio', { name: /^Wait for an administrator/ }).check();
  await page.getByRole('button', { name: 'Open now' }).click();
  await page.waitForURL(/\/reviews\/[\da-f-]{36}$/);
  return new URL(page.url()).pathname;
}

async function switchesOn({ page }: Person, plane: string): Promise<void> {
  await page.goto('/operations/applier');
  // Another journey of the same tenant may have done so.
  await expect(page.getByRole('button', { name: new RegExp(`^Switch o(n|ff) ${plane}`) })).toBeVisible();
  const off = page.getByRole('button', { name: `Switch on ${plane}` });
  if (await off.isVisible()) await off.click();
  await expect(page.getByRole('button', { name: `Switch off ${plane}` })).toBeVisible();
}

async function closes({ page }: Person): Promise<void> {
  await page.goto(review);
  await page.getByRole('button', { name: 'Close now' }).click();
  await page.getByRole('button', { name: 'Close now' }).click();
  await expect(page.getByRole('region', { name: 'Applied' })).toBeVisible();
}

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

  await closes(mira);
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
  await closes(mira);

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
