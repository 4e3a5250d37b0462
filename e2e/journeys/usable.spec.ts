import { expect } from '#e2e/fixtures/expect.ts';
import { test } from '#e2e/fixtures/people.ts';

const roles = ['Contributor, Staging', 'User Administrator, Directory', 'sg-oncall-platform, member'];

test.beforeEach(({ tenant }) => tenant.reset());

test('access that is on and does not work yet is not called working, and then it is', async ({
  ada,
  clock,
  emulator,
}) => {
  await emulator.consistency({ access: 120_000 });
  await ada.activates(roles, { justification: 'Watch the release', minutes: 30 });
  await ada.sees('Active now', ...roles);
  for (const role of roles) {
    await expect(ada.row('Active now', role).getByText('On in Azure, does not work yet')).toBeVisible();
    await expect(ada.row('Active now', role).getByText(/Works/)).toHaveCount(0);
  }

  await clock.advance({ minutes: 3 });
  for (const role of roles) await expect(ada.row('Active now', role).getByText(/Works/)).toBeVisible();

  await ada.opensStory('Active now', 'Contributor, Staging');
  await expect(ada.moment('found it working')).toBeVisible();
  await expect(
    ada.page.getByRole('region', { name: 'Where it stands' }).getByText(/Works/).first(),
  ).toBeVisible();
});

test('what takes long gets the advice that helps, at phone width too', async ({ comes, clock, emulator }) => {
  await emulator.consistency({ access: 3_600_000 });
  const ada = await comes('ada.lind', { browser: { viewport: { width: 360, height: 740 } } });
  await ada.activates(['Contributor, Staging'], { justification: 'Watch the release', minutes: 60 });
  await ada.sees('Active now', 'Contributor, Staging');
  await clock.advance({ minutes: 17 });
  const row = ada.row('Active now', 'Contributor, Staging');
  await expect(row.getByText('On in Azure, and never seen to work')).toBeVisible();
  await expect(row.getByText('az account clear')).toBeVisible();
});
