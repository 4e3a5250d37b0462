import { expectAccessible } from '#e2e/fixtures/axe.ts';
import { expect } from '#e2e/fixtures/expect.ts';
import { test } from '#e2e/fixtures/people.ts';

test.describe.configure({ mode: 'serial' });
test.beforeAll(({ tenant }) => tenant.reset());

test('an administrator sees how Stint itself is doing, and is led there', async ({ comes }) => {
  const mira = await comes('mira.novak');
  await mira.page.getByRole('link', { name: 'Operations' }).click();
  await expect(mira.page.getByRole('heading', { name: 'Operations', level: 1 })).toBeVisible();
  for (const name of ['Differences', 'Dead letters', 'Jobs', 'Readings', 'Workers']) {
    await expect(mira.page.getByRole('region', { name })).toBeVisible();
  }
  const jobs = mira.page.getByRole('table', { name: 'Jobs by queue' });
  for (const queue of ['provision', 'look', 'watch']) {
    await expect(jobs.getByRole('row').filter({ hasText: queue }).first()).toBeVisible();
  }
  await expect(mira.page.getByRole('list', { name: 'Workers' })).toContainText('heard');
  await expect(mira.page.getByText('Nobody runs jobs')).toHaveCount(0);
  await expectAccessible(mira.page, 'Operations');
});

test('nobody else has the link or finds the page', async ({ ada, auden, comes }) => {
  const rhea = await comes('rhea.silva');
  for (const person of [ada, auden, rhea]) {
    person.expects(/404/);
    await person.visits('/');
    await expect(person.page.getByRole('link', { name: 'Operations' })).toHaveCount(0);
    const answer = await person.page.goto('/operations');
    expect(answer?.status()).toBe(404);
    await expect(person.page.getByRole('heading', { name: 'Not found' })).toBeVisible();
  }
});

test('what is activated in Azure itself comes to the page and into history within a minute', async ({
  azurePortal,
  clock,
  comes,
}) => {
  const mira = await comes('mira.novak', { path: '/operations' });
  await azurePortal.activates({ by: 'ada.lind', role: 'Contributor', scope: 'Staging', minutes: 30 });
  await clock.advance({ minutes: 1.1 });
  const settled = mira.page.getByRole('list', { name: 'Settled differences' });
  const row = settled
    .getByRole('listitem')
    .filter({ hasText: 'Activated outside Stint' })
    .filter({ hasText: 'Staging' })
    .first();
  await expect(async () => {
    await mira.page.reload();
    await mira.page.getByText(/Settled lately/).click({ timeout: 1_000 });
    await expect(row).toContainText('Ada Lind', { timeout: 1_000 });
  }).toPass({ timeout: 20_000 });
  await row.getByRole('link').click();
  await expect(mira.moment('saw it active, activated in Azure itself')).toBeVisible();

  await clock.advance({ minutes: 31 });
  // News goes to those whose request it is; others see it when they look.
  await expect(async () => {
    await mira.page.reload();
    await expect(mira.moment('the time was over')).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 20_000 });
  await mira.visits('/history?person=Ada&role=Staging');
  const line = mira.page.getByRole('row').filter({ hasText: 'made in Azure itself' });
  await expect(line).toContainText('Ended');
});

test('metrics answer nobody without a token', async ({ request }) => {
  const answer = await request.get('/api/metrics', {
    headers: { authorization: 'Bearer guessed-guessed-guessed' },
  });
  expect(answer.status()).toBe(404);
});
