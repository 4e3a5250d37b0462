import { expect } from '#e2e/fixtures/expect.ts';
import { test } from '#e2e/fixtures/people.ts';

const roles = ['Contributor, Staging', 'User Administrator, Directory', 'sg-oncall-platform, member'];

test.beforeAll(({ tenant }) => tenant.reset());

test('three roles of three planes, asked for in one submit, become active before one’s eyes', async ({
  ada,
  tenant,
}) => {
  await ada.chooses(...roles);
  await expect(ada.page.getByRole('heading', { name: 'Activate 3 roles' })).toBeVisible();
  const loads = ada.loads;
  const submits: string[] = [];
  ada.page.on('request', (sent) => sent.method() === 'POST' && submits.push(sent.postData() ?? ''));
  await ada.fills({ justification: 'Roll out core 4.12 and watch the canary', minutes: 30 });
  await ada.submits();

  await expect(ada.results()).toHaveCount(3);
  await expect(ada.results().filter({ hasText: 'Active' })).toHaveCount(3);
  await ada.sees('Active now', ...roles);
  await expect(ada.row('Active now', 'Contributor, Staging')).toContainText(
    /(29|30) min left|29 min \d+ s left/,
  );
  expect(ada.loads).toBe(loads);
  expect(submits.filter((body) => body.includes('canary'))).toHaveLength(1);

  expect(await tenant.activated('Ada Lind')).toEqual([
    'Contributor at /subscriptions/55555555-0001-4000-8000-000000000002',
    'User Administrator at /',
    'member at bbbbbbbb-0001-4000-8000-000000000004',
  ]);
});

test('one submit asks only for what the chosen policies need', async ({ ada }) => {
  const justification = ada.page.getByLabel('Justification');
  const ticket = ada.page.getByLabel('Ticket', { exact: true });
  await ada.chooses('Reader, Platform');
  await expect(ada.page.getByLabel('Duration')).toBeVisible();
  await expect(justification).toHaveCount(0);
  await expect(ticket).toHaveCount(0);
  await ada.chooses('Helpdesk Administrator, Directory');
  await expect(justification).toBeVisible();
  await expect(ticket).toBeVisible();
});
