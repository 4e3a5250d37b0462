/** Where below a scope, from when, until when, and week by week: by the sandbox's clock. */
import type { Locator } from '@playwright/test';
import { expectAccessible } from '#e2e/fixtures/axe.ts';
import { expect } from '#e2e/fixtures/expect.ts';
import { test } from '#e2e/fixtures/people.ts';
import type { Person } from '#e2e/fixtures/person.ts';
import { hour } from '#lib/domain/time.ts';
import { fieldOfMoment, momentOfField } from '#lib/domain/wall-time.ts';

test.describe.configure({ timeout: 240_000 });
test.beforeEach(({ tenant }) => tenant.reset());
test.afterAll(({ tenant }) => tenant.reset());

const staging = 'Contributor, Staging';

/** Opens the list of places of a chosen role. */
async function opensPlaces({ page }: Person, role: RegExp): Promise<Locator> {
  await page.getByRole('button', { name: role }).click();
  const search = page.getByRole('searchbox', { name: /Find a place below/ });
  await expect(search).toBeFocused();
  return search;
}

test('a role is asked for at one resource group of its subscription, found and chosen without a pointer', async ({
  ada,
  tenant,
}) => {
  const { page } = ada;
  await page.setViewportSize({ width: 360, height: 800 });
  await ada.chooses(staging);
  await ada.fills({ justification: 'Only the payments', minutes: 30 });
  await opensPlaces(ada, /^Only a part of Staging… Contributor/);
  await expect(page.getByRole('button', { name: 'rg-platform resource group' })).toBeVisible();
  await expectAccessible(page, 'The list of places');
  await page.setViewportSize({ width: 360, height: 800 });
  await page.getByRole('searchbox', { name: /Find a place below/ }).focus();
  await page.keyboard.type('pay');
  await expect(page.getByRole('button', { name: 'rg-platform resource group' })).toHaveCount(0);
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('button', { name: 'rg-payments resource group' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByText('Only for rg-payments')).toBeVisible();
  await expect(page.getByRole('button', { name: /^Somewhere else/ })).toBeFocused();
  await ada.submits();
  await ada.sees('Active now', 'Contributor, rg-payments');
  const [held, ...more] = await tenant.activated('Ada Lind');
  expect(more).toEqual([]);
  expect(held).toMatch(/^Contributor at .*\/resourceGroups\/rg-payments$/);
  // The whole of it was not asked for, and still can be.
  await expect(page.getByRole('checkbox', { name: staging, exact: true })).toBeEnabled();
});

test('what Azure refuses below a management group is said, and the subscription offered in its place', async ({
  ada,
  tenant,
}) => {
  const { page } = ada;
  await ada.chooses('Reader, Platform');
  await opensPlaces(ada, /^Only a part of Platform… Reader/);
  await page.getByRole('button', { name: 'Look into Production' }).click();
  await page.getByRole('button', { name: 'rg-data resource group' }).click();
  await expect(page.getByText('Azure was seen to refuse that inside a subscription')).toBeVisible();
  await ada.submits();
  await expect(
    ada.results().getByText('Ask again: the form then asks for the whole subscription'),
  ).toBeVisible();
  await ada.results().getByRole('link').click();
  await page.getByRole('link', { name: 'Ask again' }).click();
  await expect(page.getByText('Only for the whole subscription of rg-data')).toBeVisible();
  await ada.submits();
  await ada.sees('Active now', 'Reader, Production');
  expect(await tenant.activated('Ada Lind')).toEqual([
    expect.stringMatching(/^Reader at \/subscriptions\/[^/]+$/),
  ]);
});

test('a start in another time zone and an end on its wall; an end too late is refused with the latest', async ({
  ada,
  clock,
}) => {
  const { page } = ada;
  const zone = 'Asia/Tokyo';
  await ada.chooses('Deployment Operator, Staging');
  await ada.fills({ justification: 'Release in Tokyo' });
  await page.getByRole('button', { name: 'Another time zone' }).click();
  await page.getByLabel('Time zone').selectOption(zone);
  await page.getByRole('button', { name: 'Tomorrow 08:00' }).click();
  const typed = await page.getByLabel('Start', { exact: true }).inputValue();
  const tomorrow = fieldOfMoment(new Date((await clock.now()).getTime() + 24 * hour), zone).slice(0, 10);
  expect(typed).toBe(`${tomorrow}T08:00`);
  await page.getByLabel('Until').fill('23:00');
  await ada.submits();
  await expect(page.getByLabel('Duration')).toHaveAccessibleDescription(/The latest end is .*12:00/);
  await page.getByLabel('Duration').fill('until 09:30');
  await expect(page.getByLabel('Until')).toHaveValue('09:30');
  await ada.submits();
  const row = ada.row('Pending', 'Deployment Operator, Staging');
  await expect(row).toContainText('Scheduled');
  await expect(row).toContainText('1 h 30 min');
  const start = momentOfField(`${tomorrow}T08:00`, zone)?.toISOString() ?? '';
  await expect(row.locator(`time[datetime="${start}"]`)).toBeVisible();
  await ada.opensStory('Pending', 'Deployment Operator, Staging');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByText('Cancelled', { exact: true })).toBeVisible();
});

test('on-call windows: the next is filed, another is one click from its reminder, and a missed one is said', async ({
  ada,
  clock,
  tenant,
}) => {
  const { page } = ada;
  const first = fieldOfMoment(new Date((await clock.now()).getTime() + 2 * hour), 'UTC');
  await ada.chooses(staging);
  await ada.fills({ justification: 'On call', minutes: 60 });
  await page.getByRole('button', { name: 'Repeat weekly…' }).click();
  const form = page.getByRole('region', { name: 'Repeat weekly' });
  // `all` waits for nobody.
  await expect(form.getByRole('checkbox')).toHaveCount(7);
  for (const day of await form.getByRole('checkbox').all()) await day.check();
  await form.getByLabel('Begins at').fill(first.slice(11));
  await form.getByLabel('First day').fill(first.slice(0, 10));
  await form.getByRole('button', { name: 'Another time zone' }).click();
  await form.getByLabel('Time zone').selectOption('UTC');
  await form.getByLabel('Last day').fill('2020-01-01');
  await form.getByRole('button', { name: 'Plan these windows' }).click();
  await expect(form.getByText('The last day is before the first.')).toBeVisible();
  await expectAccessible(page, 'Repeat weekly');
  await form
    .getByLabel('Last day')
    .fill(fieldOfMoment(new Date(Date.parse(first) + 9 * 24 * hour), 'UTC').slice(0, 10));
  await form.getByRole('button', { name: 'Plan these windows' }).click();

  await page.waitForURL('**/windows');
  const card = page.getByRole('article', { name: 'Contributor on Staging' });
  const next = card.getByRole('table', { name: /^Next/ }).getByRole('row');
  await expect(next.nth(1)).toContainText('Scheduled');
  await expect(next.nth(2)).toContainText('Planned');
  await expectAccessible(page, 'On-call windows');
  await clock.advance({ hours: 2, minutes: 1 });
  // Stint's clock follows Azure's.
  await expect(next.nth(1)).toContainText('Active', { timeout: 60_000 });
  expect(await tenant.activated('Ada Lind')).toHaveLength(1);

  // Nobody is there when the second one begins: it was not filed.
  await ada.visits('/history');
  await clock.advance({ hours: 24 });
  await ada.visits('/');
  const reminder = page.getByRole('region', { name: 'On-call window' });
  // Stint's clock follows Azure's, and the first one has to end before.
  await expect(reminder).toContainText('Your on-call window is on', { timeout: 60_000 });
  await expectAccessible(page, 'A reminder');
  await reminder.getByRole('button', { name: 'Turn it on' }).click();
  await ada.sees('Active now', staging);
  await expect(reminder).toHaveCount(0);

  await ada.visits('/history');
  await clock.advance({ hours: 25 });
  await expect(async () => {
    await ada.visits('/windows');
    const last = card.getByRole('table', { name: /^Last/ }).getByRole('row').nth(1);
    await expect(last).toContainText('Missed', { timeout: 1_000 });
  }).toPass();

  await card.getByRole('button', { name: 'Pause' }).click();
  await expect(card.getByText('Paused', { exact: true }).first()).toBeVisible();
  await card.getByRole('link', { name: 'Change' }).click();
  await page.getByLabel('Justification').fill('On duty');
  await expectAccessible(page, 'An on-call window');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('article').getByText('On duty')).toBeVisible();
  await page.getByRole('button', { name: 'End for good' }).click();
  await expect(page.getByText('Ended', { exact: true }).first()).toBeVisible();
});
