import { type Action, builtActions, verdict, visit } from '#e2e/attacks/visitor.ts';
import { expectAccessible } from '#e2e/fixtures/axe.ts';
import { expect } from '#e2e/fixtures/expect.ts';
import { test } from '#e2e/fixtures/people.ts';
import { pimExtensionOf } from '#e2e/fixtures/pim-extension.ts';
import { rule, stage } from '#e2e/fixtures/stint-policy.ts';

/** Helpdesk Administrator, for which Ada is eligible. */
const roleId = '729827e3-9c14-49f7-bb1b-9608f156bbb8';
test.describe.configure({ mode: 'serial' });
test.beforeAll(async ({ tenant, emulator, policy }, { project }) => {
  await tenant.reset();
  const { baseURL } = project.use;
  const staging = rule('Two eyes on accounts', [stage('Cy', ['Cy Tran'])]);
  const roles = [{ id: roleId, name: 'Helpdesk Administrator', plane: 'entra' as const }];
  await policy([{ ...staging, when: { ...staging.when, scopes: [], roles } }]);
  const pim = pimExtensionOf(emulator);
  await pim.register(`${baseURL}/api/integrations/pim/pre-approval`);
  await pim.link(roleId);
});
test.afterAll(async ({ tenant, policy }) => {
  await policy([]);
  await tenant.reset();
});

test('activated in Microsoft’s portal without an approval: denied, with the way to the form in Stint', async ({
  ada,
  comes,
  emulator,
}) => {
  const pim = pimExtensionOf(emulator);
  const { status, word, message } = await pim.activates({
    by: 'ada.lind',
    roleId,
    minutes: 30,
    ticket: 'INC-7',
  });
  expect([status, word]).toEqual([400, 'CustomExtensionDenied']);
  expect(message).toContain('“Two eyes on accounts” asks for an approval in Stint first.');
  const link = /Ask in Stint: (\S+)/.exec(message)?.[1] ?? '';
  await ada.page.goto(link);
  await expect(ada.page.getByRole('checkbox', { name: /Helpdesk Administrator/ }).first()).toBeChecked();
  await expect(ada.page.getByLabel('Ticket', { exact: true })).toHaveValue('INC-7');

  const mira = await comes('mira.novak', { path: '/operations/evaluations?outcome=denied' });
  const row = mira.page
    .getByRole('table', { name: 'Evaluations' })
    .getByRole('row')
    .filter({ hasText: 'Ada Lind' });
  await expect(row).toContainText('Denied');
  await expectAccessible(mira.page, 'Evaluations');
  await mira.visits('/operations/evaluations?outcome=approved');
  await expect(mira.page.getByText('Nothing matches')).toBeVisible();
});

/** Cy signs what waits, without a browser. */
async function cySigns(baseURL: string | undefined, story: string): Promise<void> {
  const cy = await visit(baseURL ?? '', 'cy.tran');
  const requestId = story.split('/').at(-1);
  const sign = builtActions().get('decideRequest') as Action;
  const answer = await cy.act(sign, [
    { requestId, shownStage: 1, decision: 'approve', justification: 'Known work' },
  ]);
  expect(await verdict(answer)).toBe('ok');
  await cy.leave();
}

test('with an approval of Stint’s it passes, and the request there goes on with it', async ({
  ada,
  baseURL,
  clock,
  emulator,
}) => {
  const pim = pimExtensionOf(emulator);
  await ada.visits(`/activate?role=${roleId}&minutes=30&ticket=INC-7`);
  await ada.fills({ justification: 'Accounts of the new team' });
  await ada.submits();
  const story = await ada.opensStory('Pending', 'Helpdesk Administrator');
  const early = await pim.activates({ by: 'ada.lind', roleId, minutes: 30, ticket: 'INC-7' });
  expect(early.word).toBe('CustomExtensionDenied');
  await cySigns(baseURL, story);
  await expect(ada.moment('has every signature')).toBeVisible({ timeout: 15_000 });
  const longer = await pim.activates({ by: 'ada.lind', roleId, minutes: 60, ticket: 'INC-7' });
  expect(longer.message).toContain('for 30 min at most');
  const other = await pim.activates({ by: 'ada.lind', roleId, minutes: 30, ticket: 'INC-8' });
  expect(other.message).toContain('for the ticket INC-7');
  const passed = await pim.activates({ by: 'ada.lind', roleId, minutes: 30, ticket: 'INC-7' });
  expect(passed.status).toBe(201);
  await expect(ada.moment('started in another client')).toBeVisible({ timeout: 15_000 });
  await expect(ada.moment('shows it active')).toBeVisible({ timeout: 15_000 });
  await expect(ada.moment('told PIM to go on')).toContainText('Approved in Stint.');
  await clock.advance({ minutes: 31 });
  await expect(ada.moment('the time was over')).toBeVisible({ timeout: 15_000 });
  const again = await pim.activates({ by: 'ada.lind', roleId, minutes: 30, ticket: 'INC-7' });
  expect(again.word).toBe('CustomExtensionDenied');
});

test('what Stint itself files is asked about while it files it, delivered twice, with a token of v1.0', async ({
  ada,
  baseURL,
  clock,
  emulator,
}) => {
  const pim = pimExtensionOf(emulator);
  await pim.turns({ deliverTwice: true, tokens: 'v1' });
  await ada.visits(`/activate?role=${roleId}&minutes=30&ticket=INC-9`);
  await ada.fills({ justification: 'Accounts of the new team' });
  await ada.submits();
  await cySigns(baseURL, await ada.opensStory('Pending', 'Helpdesk Administrator'));
  await ada.page.getByRole('button', { name: 'Start' }).click({ timeout: 15_000 });
  await expect(ada.moment('shows it active')).toBeVisible({ timeout: 15_000 });
  await expect(ada.moment('told PIM to go on')).toHaveCount(1);
  await pim.turns({ deliverTwice: false, tokens: null });
  await clock.advance({ minutes: 31 });
  await expect(ada.moment('the time was over')).toBeVisible({ timeout: 15_000 });
});

test('settings say how the extension stands, and that nobody knows what PIM does when Stint is down', async ({
  ada,
  comes,
}) => {
  await ada.visits('/');
  await ada.page.getByRole('button', { name: 'Refresh' }).click();
  const mira = await comes('mira.novak', { path: '/settings/extension' });
  const planes = mira.page.getByRole('list', { name: 'Where PIM asks Stint' });
  await expect(planes.getByRole('listitem').filter({ hasText: 'Entra' })).toContainText('denied');
  await expect(mira.page.getByText('documented nowhere')).toBeVisible();
  await expect(mira.page.getByText('/api/integrations/pim/pre-approval')).toBeVisible();
  await expectAccessible(mira.page, 'PIM extension');
  await mira.page.getByRole('checkbox', { name: /Leave PIM’s approver out/ }).check();
  await mira.page.getByRole('button', { name: 'Save' }).click();
  await expect(mira.page.getByText('by Mira Novak')).toBeVisible();
});

test('when Stint cannot be reached: shut, nothing is given; open, it is given, flagged and told', async ({
  clock,
  comes,
  emulator,
}) => {
  const pim = pimExtensionOf(emulator);
  await pim.register('http://localhost:9/api/integrations/pim/pre-approval');
  const asked = { by: 'ada.lind', roleId, minutes: 30, ticket: 'INC-7' };
  expect(await pim.activates(asked)).toMatchObject({ status: 400, word: 'CustomExtensionFailed' });
  await pim.turns({ outage: 'open' });
  expect((await pim.activates(asked)).status).toBe(201);
  await clock.advance({ minutes: 1.1 });
  const mira = await comes('mira.novak', { path: '/operations' });
  const past = mira.page.getByRole('list', { name: 'Past Stint’s approval' });
  await expect(async () => {
    await mira.page.reload();
    await expect(past).toContainText('Helpdesk Administrator', { timeout: 1_000 });
  }).toPass({ timeout: 20_000 });
  await past.getByRole('link').first().click();
  await expect(mira.moment('went past the rule “Two eyes on accounts”')).toBeVisible();
  await mira.visits('/history?person=Ada&role=Helpdesk');
  await expect(mira.page.getByRole('row').filter({ hasText: 'Past approval' })).toBeVisible();
});
