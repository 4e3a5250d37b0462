import { expectAccessible } from '#e2e/fixtures/axe.ts';
import { expect } from '#e2e/fixtures/expect.ts';
import { test } from '#e2e/fixtures/people.ts';
import { rule, stage } from '#e2e/fixtures/stint-policy.ts';

// Several people at several browsers, one after the other.
test.setTimeout(240_000);
test.beforeAll(({ tenant }) => tenant.reset());
// One after the other: a reset revokes the sign-in that saves the policy.
test.afterAll(async ({ tenant, policy }) => {
  await policy([]);
  await tenant.reset();
});

const role = 'Deployment Operator, Staging';
const card = 'Ada Lind: Deployment Operator on Staging';

test('less is offered, taken in one click, and no signature is lost; a question is answered, who signs is nudged', async ({
  ada,
  bo,
  cy,
  comes,
  tenant,
  policy,
}) => {
  const owners = stage('Owners', ['Bo Okafor', 'Cy Tran'], { signatures: 2 });
  await policy([rule('Staging by three', [owners, stage('Security', ['Samir Haddad'])])]);
  await ada.activates([role], { justification: 'Drain the canary pool', minutes: 120 });
  await ada.opensStory('Pending', 'Deployment Operator');
  const story = ada.page;
  const stages = story.getByRole('region', { name: 'Stages' });
  await expect(stages.getByRole('listitem').first()).toContainText('0 of 2 signatures');
  await cy.approves(card, 'Known work');
  await expect(stages).toContainText('Cy Tran signed');

  const asked = bo.card(card);
  await asked.getByRole('button', { name: 'Ask…' }).click();
  await asked.getByLabel('Your question').fill('Which pool, <b>blue</b>?');
  await asked.getByRole('button', { name: 'Ask', exact: true }).click();
  const talk = story.getByRole('region', { name: 'Talk' });
  await expect(talk).toContainText('Which pool, <b>blue</b>?');
  await talk.getByLabel('Your answer').fill('The green one');
  await talk.getByRole('button', { name: 'Answer' }).click();
  await expect(asked).toContainText('The green one');

  await asked.getByRole('button', { name: 'Offer less…' }).click();
  await expectAccessible(bo.page, 'An offer');
  await asked.getByLabel('How long').fill('3 h');
  await asked.getByLabel('Why less').fill('Half an hour is enough for one pool');
  await asked.getByRole('button', { name: 'Offer', exact: true }).click();
  await expect(asked).toContainText('no longer than what was asked');
  await asked.getByLabel('How long').fill('30 min');
  await asked.getByRole('checkbox', { name: /And I sign that/ }).check();
  await asked.getByRole('button', { name: 'Offer', exact: true }).click();

  const offer = story.getByRole('region', { name: 'Offer' });
  await expect(offer).toContainText('30 min instead of 2 h');
  await expect(offer).toContainText('Half an hour is enough for one pool');
  await expectAccessible(story, 'A request with an offer');
  await offer.getByRole('button', { name: 'Accept' }).click();
  await expect(offer).toHaveCount(0);
  const first = stages.getByRole('listitem').filter({ hasText: 'Owners' }).first();
  await expect(first).toContainText('2 of 2 signatures');
  await expect(first).toContainText('Cy Tran signed');
  await expect(first).toContainText('Bo Okafor signed');

  await talk.getByRole('button', { name: 'Nudge who can decide' }).click();
  await expect(talk).toContainText('You nudged them.');
  await expect(talk.getByRole('button', { name: 'Nudge who can decide' })).toHaveCount(0);

  const samir = await comes('samir.haddad', { path: '/approvals' });
  await samir.approves(card);
  await expect(story.getByText(/Start before/)).toBeVisible();
  expect(await tenant.activated('Ada Lind')).toEqual([]);
  await story.getByRole('button', { name: 'Start', exact: true }).click();
  await expect(story.getByText('Active', { exact: true }).first()).toBeVisible();
  await expect(ada.moment('took the offer: 30 min on Staging')).toBeVisible();
  await expectAccessible(story, 'A request after its stages');
  await ada.visits('/');
  await expect(ada.row('Active now', 'Deployment Operator')).toContainText(/(29|30) min/);
});
