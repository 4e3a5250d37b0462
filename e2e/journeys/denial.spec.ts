import { expect } from '#e2e/fixtures/expect.ts';
import { test } from '#e2e/fixtures/people.ts';

const role = 'Application Administrator, Directory';
const card = 'Ada Lind: Application Administrator';

test.beforeAll(({ tenant }) => tenant.reset());

test('a denial needs a reason, and the person reads it', async ({ ada, cy, tenant }) => {
  await ada.activates([role], { justification: 'Rotate the secret of payments-api', minutes: 60 });
  const story = await ada.opensStory('Pending', role);

  await cy.denies(card);
  await expect(cy.card(card)).toContainText('A denial needs a reason');
  await expect(cy.card(card).getByLabel('Justification')).toBeFocused();
  await cy.card(card).getByLabel('Justification').fill('The rotation is planned ');
  await expect(cy.card(card)).not.toContainText('A denial needs a reason');
  await cy.denies(card, 'The rotation is planned for Thursday; ask then');
  await expect(cy.card(card)).toHaveCount(0);

  await expect(ada.page.getByText('Denied', { exact: true })).toBeVisible();
  await expect(ada.moment(/Cy Tran\s*denied/)).toContainText(
    'The rotation is planned for Thursday; ask then',
  );
  expect(await tenant.activated('Ada Lind')).toEqual([]);

  await ada.page.getByRole('link', { name: 'Ask again' }).click();
  await expect(ada.page.getByLabel('Justification')).toHaveValue('Rotate the secret of payments-api');
  await ada.visits(story);
  await expect(ada.page.getByText('Denied', { exact: true })).toBeVisible();
});
