import { expectAccessible } from '#e2e/fixtures/axe.ts';
import { expect } from '#e2e/fixtures/expect.ts';
import { test } from '#e2e/fixtures/people.ts';

const role = 'Application Administrator, Directory';

test.beforeAll(({ tenant }) => tenant.reset());

test('what waits can be cancelled; asking again fills the form and sends nothing', async ({ ada, cy }) => {
  await ada.activates([role], { justification: 'Add a redirect URI', duration: '1:30' });
  await expect(cy.card('Ada Lind: Application Administrator')).toBeVisible();
  await ada.opensStory('Pending', role);
  await ada.page.getByRole('button', { name: 'Cancel' }).click();
  await expect(ada.page.getByText('Cancelled', { exact: true })).toBeVisible();
  await expect(ada.moment('Ada Lind asked to cancel')).toBeVisible();
  await expect(ada.moment('Azure cancelled it')).toBeVisible();
  await expect(ada.page.getByRole('button', { name: 'Cancel' })).toHaveCount(0);
  await expect(cy.card('Ada Lind: Application Administrator')).toHaveCount(0);

  await ada.page.getByRole('link', { name: 'Ask again' }).click();
  await expect(ada.page.getByRole('heading', { name: 'Activate 1 role' })).toBeVisible();
  await expect(ada.page.getByRole('checkbox', { name: role })).toBeChecked();
  await expect(ada.page.getByLabel('Justification')).toHaveValue('Add a redirect URI');
  await expect(ada.page.getByLabel('Duration')).toHaveValue('1 h 30 min');
  await ada.seesNoMore('Pending', role);
  await ada.submits();
  await ada.sees('Pending', role);
});

test('who waits for PIM’s approvers may nudge them, who hear of it; again only after an hour', async ({
  ada,
  clock,
  cy,
}) => {
  await ada.page.goto('/');
  await ada.opensStory('Pending', role);
  const nudge = ada.page.getByRole('button', { name: 'Nudge who can decide' });
  await expectAccessible(ada.page, 'Waiting for PIM');
  await nudge.click();
  await expect(ada.page.getByText('You nudged them.')).toBeVisible();
  await expect(nudge).toHaveCount(0);
  await expect(ada.moment('Ada Lind nudged who can decide')).toBeVisible();
  await cy.visits('/notifications');
  await expect(cy.page.getByText('Ada Lind asks again: Application Administrator')).toBeVisible();
  await clock.advance({ minutes: 61 });
  await ada.page.reload();
  await expect(nudge).toBeVisible();
});

test('a start chosen for later is scheduled, and active when its time comes', async ({
  ada,
  clock,
  tenant,
}) => {
  const scheduled = 'Deployment Operator, Staging';
  const start = new Date((await clock.now()).getTime() + 2 * 3_600_000);
  const local = await ada.page.evaluate((iso) => {
    const at = new Date(iso);
    const two = (part: number) => String(part).padStart(2, '0');
    return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}T${two(at.getHours())}:${two(at.getMinutes())}`;
  }, start.toISOString());
  await ada.activates([scheduled], { justification: 'Night deployment', minutes: 60, start: local });
  await ada.sees('Pending', scheduled);
  await expect(ada.row('Pending', scheduled)).toContainText('Scheduled');
  expect(await tenant.activated('Ada Lind')).toEqual([]);

  await clock.advance({ hours: 1, minutes: 50 });
  await expect(ada.row('Pending', scheduled)).toContainText('Scheduled');
  expect(await tenant.activated('Ada Lind')).toEqual([]);
  await clock.advance({ minutes: 11 });
  await ada.sees('Active now', scheduled);
  expect(await tenant.activated('Ada Lind')).toHaveLength(1);
});
