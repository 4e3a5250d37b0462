import { expect } from '#e2e/fixtures/expect.ts';
import { test } from '#e2e/fixtures/people.ts';

const role = 'Privileged Role Administrator, Directory';

test('a role that asks for step-up says so and cannot be selected', async ({ ada }) => {
  const box = ada.page.getByRole('checkbox', { name: role, exact: true });
  await expect(box).toBeDisabled();
  await expect(box).toHaveAccessibleDescription(/stronger sign-in \(step-up\)/);
  await expect(ada.row('Eligible', role)).toContainText('step-up');
  await ada.row('Eligible', role).getByText('Privileged Role Administrator').click();
  await expect(box).not.toBeChecked();
  await expect(ada.page.getByRole('button', { name: 'Activate' })).toHaveCount(0);
});
