import { expectAccessible } from '#e2e/fixtures/axe.ts';
import { expect } from '#e2e/fixtures/expect.ts';
import { test } from '#e2e/fixtures/people.ts';

test.describe.configure({ mode: 'serial' });
test.beforeAll(({ tenant }) => tenant.reset());

test('an administrator finds the Applier running, off everywhere, and switches it on and off by place', async ({
  comes,
}) => {
  const mira = await comes('mira.novak', { path: '/operations' });
  await mira.page.getByRole('link', { name: /The Applier/ }).click();
  await expect(mira.page.getByRole('heading', { name: 'Applier', level: 1 })).toBeVisible();
  await expect(async () => {
    await mira.page.reload();
    await expect(mira.page.getByText(/It is running/)).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 20_000 });
  const switches = mira.page.getByRole('list', { name: 'Switches' });
  for (const plane of ['Entra', 'Azure', 'Group']) {
    await expect(switches.getByRole('button', { name: `Switch on ${plane}` })).toBeVisible();
  }
  await expectAccessible(mira.page, 'Applier');

  await switches.getByRole('button', { name: 'Switch on Group' }).click();
  await expect(switches.getByText(/On, since .* by Mira Novak/)).toBeVisible();
  await switches.getByRole('button', { name: 'Switch off Group' }).click();
  await expect(switches.getByRole('button', { name: 'Switch on Group' })).toBeVisible();

  const scope = '/subscriptions/55555555-0001-4000-8000-000000000004';
  await switches.getByLabel('One Azure scope').fill('everything');
  await switches.getByRole('button', { name: 'Switch on', exact: true }).click();
  await expect(switches.getByText('That is no scope')).toBeVisible();
  await switches.getByLabel('One Azure scope').fill(scope);
  await switches.getByRole('button', { name: 'Switch on', exact: true }).click();
  await expect(switches.getByText(scope)).toBeVisible();
  await switches.getByRole('button', { name: 'Switch off', exact: true }).click();
  await expect(switches.getByText(scope)).toHaveCount(0);
});

test('nobody else finds the page', async ({ ada, auden }) => {
  for (const person of [ada, auden]) {
    person.expects(/404/);
    const answer = await person.page.goto('/operations/applier');
    expect(answer?.status()).toBe(404);
  }
});
