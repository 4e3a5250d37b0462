import { expect } from '#e2e/fixtures/expect.ts';
import { test } from '#e2e/fixtures/people.ts';

test('who is eligible for nothing reads what that means and whom to ask', async ({ lou }) => {
  const eligible = lou.page.getByRole('region', { name: 'Eligible' });
  await expect(eligible).toContainText('You are not eligible for any role');
  await expect(eligible).toContainText('ask the owner of the subscription or the group');
  await expect(lou.page.getByRole('checkbox')).toHaveCount(0);
  await expect(lou.page.getByText('Nothing is on.')).toBeVisible();

  await lou.page.getByRole('link', { name: 'Requests' }).click();
  await expect(lou.page.getByText('You have not asked for anything yet')).toBeVisible();
  await lou.page.getByRole('link', { name: 'Approvals' }).click();
  await expect(lou.page.getByText('Nothing waits for you')).toBeVisible();
  await lou.page.getByRole('link', { name: 'History' }).click();
  await expect(lou.page.getByText('Nothing has happened yet')).toBeVisible();
});
