import { expect } from '#e2e/fixtures/expect.ts';
import { test } from '#e2e/fixtures/people.ts';

const role = 'Contributor, Production';
const card = 'Bo Okafor: Contributor on Production';

test.beforeAll(({ tenant }) => tenant.reset());

test('an approver’s own request is not in their queue; another approver decides it', async ({
  bo,
  cy,
  tenant,
}) => {
  await bo.visits('/');
  await bo.activates([role], { justification: 'Raise the quota', minutes: 60 });
  await expect(bo.row('Pending', role)).toContainText('Cy Tran');
  await expect(bo.row('Pending', role)).not.toContainText('Bo Okafor');

  await expect(cy.card(card)).toBeVisible();
  await bo.visits('/approvals');
  await expect(bo.page.getByText('Nothing waits for you')).toBeVisible();
  await bo.page.getByRole('button', { name: 'Refresh' }).click();
  await expect(bo.page.getByRole('button', { name: 'Refresh' })).toBeEnabled();
  await expect(bo.page.getByRole('article')).toHaveCount(0);

  await bo.visits('/');
  const story = await bo.opensStory('Pending', role);
  await expect(bo.page.getByRole('link', { name: 'Decide' })).toHaveCount(0);
  await cy.visits(story);
  await cy.page.getByRole('link', { name: 'Decide' }).click();
  await cy.approves(card, 'Checked with finance');

  await expect(bo.moment(/Cy Tran\s*approved/)).toContainText('Checked with finance');
  await expect(bo.moment('Azure shows it active')).toBeVisible();
  expect(await tenant.activated('Bo Okafor')).toHaveLength(1);
});
