import { expect } from '#e2e/fixtures/expect.ts';
import { test } from '#e2e/fixtures/people.ts';
import { recordAction } from '#e2e/fixtures/replay.ts';

const first = 'Azure Kubernetes Service RBAC Cluster Admin, aks-core';
const second = 'Application Administrator, Directory';

test.describe.configure({ mode: 'serial' });
test.beforeAll(({ tenant }) => tenant.reset());

test('somebody else’s request is not found, exactly as one that never was', async ({ ada, lou }) => {
  await ada.activates([second], { justification: 'A quiet matter', minutes: 30 });
  const path = await ada.opensStory('Pending', second);

  lou.expects(/404/);
  const texts: (string | null)[] = [];
  for (const one of [path, '/requests/0d4b3a52-8a41-4c1e-9f6e-2f1d6b7c8a90', '/requests/not-an-id']) {
    const answer = await lou.page.goto(one);
    expect(answer?.status()).toBe(404);
    await expect(lou.page.getByRole('heading', { name: 'Not found' })).toBeVisible();
    texts.push(await lou.page.getByRole('main').textContent());
  }
  expect(new Set(texts).size).toBe(1);
  await lou.visits('/history');
  await expect(lou.page.getByText('A quiet matter')).toHaveCount(0);
  await lou.visits(`/?again=${path.split('/').at(-1)}`);
  await expect(lou.page.getByText('A quiet matter')).toHaveCount(0);
});

test('an action replayed with another’s cookie, without Origin or from another site changes nothing', async ({
  ada,
  lou,
}) => {
  await ada.activates([first], { justification: 'The first of two', minutes: 30 });
  const gone = await ada.opensStory('Pending', first);
  const cancel = await recordAction(ada.page, () => ada.page.getByRole('button', { name: 'Cancel' }).click());
  await expect(ada.page.getByText('Cancelled', { exact: true })).toBeVisible();
  await ada.visits('/');
  const kept = await ada.opensStory('Pending', second);
  const edit = (body: string) => body.replace(gone.split('/').at(-1) ?? '', kept.split('/').at(-1) ?? '');

  const stranger = await cancel.send({ page: lou.page, edit });
  expect(await stranger.text()).toContain('"code":"not_found"');
  const unsigned = await cancel.send({ page: ada.page, edit, headers: { origin: undefined } });
  expect(await unsigned.text()).toContain('"code":"cross_site"');
  const foreign = await cancel.send({ page: ada.page, edit, headers: { origin: 'https://evil.example' } });
  expect(await foreign.text()).not.toContain('"ok":true');
  const forged = await cancel.send({
    page: ada.page,
    edit,
    headers: { origin: 'https://evil.example', 'x-forwarded-host': 'evil.example' },
  });
  expect(await forged.text()).toContain('"code":"cross_site"');
  await ada.page.reload();
  await expect(ada.page.getByText('Waiting for approval')).toBeVisible();
  await expect(ada.moment('asked to cancel')).toHaveCount(0);

  // The same body, from the person and the page it belongs to, does what it says.
  const own = await cancel.send({ page: ada.page, edit });
  expect(await own.text()).toContain('"ok":true');
  await ada.page.reload();
  await expect(ada.moment('Azure cancelled it')).toBeVisible();
});

test('an approver cannot decide their own request by sending what another approver sent', async ({
  comes,
  bo,
  cy,
}) => {
  const role = 'Contributor, Production';
  const card = 'Bo Okafor: Contributor on Production';
  await bo.visits('/');
  await bo.activates([role], { justification: 'Once', minutes: 30 });
  const denied = await bo.opensStory('Pending', role);
  await expect(cy.card(card)).toBeVisible();
  const deny = await recordAction(cy.page, () => cy.denies(card, 'Not today'));
  await expect(bo.page.getByText('Denied', { exact: true })).toBeVisible();
  await bo.visits('/');
  await bo.activates([role], { justification: 'Twice', minutes: 30 });
  const waiting = await bo.opensStory('Pending', role);
  const edit = (body: string) =>
    body
      .replace(denied.split('/').at(-1) ?? '', waiting.split('/').at(-1) ?? '')
      .replace('"deny"', '"approve"');

  const own = await deny.send({ page: bo.page, edit });
  expect(await own.text()).toContain('"code":"own_request"');
  const lou = await comes('lou.grant');
  const stranger = await deny.send({ page: lou.page, edit });
  expect(await stranger.text()).toContain('"code":"not_found"');
  await bo.page.reload();
  await expect(bo.page.getByText('Waiting for approval')).toBeVisible();
});
