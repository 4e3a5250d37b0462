import { expect } from '#e2e/fixtures/expect.ts';
import { test } from '#e2e/fixtures/people.ts';

const role = 'Contributor, Staging';

test.beforeAll(({ tenant }) => tenant.reset());
test.afterAll(({ tenant }) => tenant.slows(0));

test('access can be ended early, but not in the five minutes Azure keeps it', async ({
  ada,
  clock,
  tenant,
}) => {
  await ada.activates([role], { justification: 'Swap the slot', minutes: 60 });
  await ada.sees('Active now', role);
  const row = ada.row('Active now', role);
  await expect(row).toContainText(/can be ended in [45] min/);

  await row.getByRole('button', { name: 'End', exact: true }).click();
  const dialog = ada.page.getByRole('dialog', { name: 'End Contributor on Staging' });
  await expect(dialog).toContainText('at least five minutes');
  await expect(dialog).toContainText('usually up to an hour');
  await dialog.getByRole('button', { name: 'Leave it on' }).click();
  await expect(row).toContainText('left');
  expect(await tenant.activated('Ada Lind')).toHaveLength(1);

  await clock.advance({ minutes: 6 });
  await expect.poll(() => ada.page.reload().then(() => row.textContent())).not.toContain('can be ended in');
  const link = await row.getByRole('link').getAttribute('href');
  await tenant.slows(1500);
  await row.getByRole('button', { name: 'End', exact: true }).click();
  await expect(row).toContainText('Ending…');
  await expect(row.getByRole('button', { name: 'End', exact: true })).toHaveCount(0);
  await ada.seesNoMore('Active now', role);
  await tenant.slows(0);
  expect(await tenant.activated('Ada Lind')).toEqual([]);

  await ada.visits(link ?? '');
  await expect(ada.moment('Ada Lind asked to end it now')).toBeVisible();
  await expect(ada.moment('Azure ended it, as asked')).toBeVisible();
  await expect(ada.page.getByRole('button', { name: 'End now' })).toHaveCount(0);
});
