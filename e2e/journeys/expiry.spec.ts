import { expect } from '#e2e/fixtures/expect.ts';
import { test } from '#e2e/fixtures/people.ts';

const roles = ['Contributor, Staging', 'User Administrator, Directory', 'sg-oncall-platform, member'];

test.beforeAll(({ tenant }) => tenant.reset());

test('access goes by itself when its time is over, and the page follows', async ({ ada, clock, tenant }) => {
  await ada.activates(roles, { justification: 'Watch the release', minutes: 30 });
  await ada.sees('Active now', ...roles);
  const link = await ada.row('Active now', 'Contributor, Staging').getByRole('link').getAttribute('href');
  const loads = ada.loads;

  await clock.advance({ minutes: 29 });
  await expect.poll(() => tenant.activated('Ada Lind')).toHaveLength(3);
  await ada.sees('Active now', ...roles);

  await clock.advance({ minutes: 2 });
  await ada.seesNoMore('Active now', ...roles);
  await expect(ada.page.getByText('Nothing is on.')).toBeVisible();
  expect(ada.loads).toBe(loads);
  expect(await tenant.activated('Ada Lind')).toEqual([]);

  await ada.visits(link ?? '');
  await expect(ada.moment('Azure ended it: the time was over')).toBeVisible();
  await expect(ada.page.getByText('Ended', { exact: true })).toBeVisible();
});
