import { expectAccessible } from '#e2e/fixtures/axe.ts';
import { type Endpoint, openEndpoint } from '#e2e/fixtures/endpoint.ts';
import { expect } from '#e2e/fixtures/expect.ts';
import { test } from '#e2e/fixtures/people.ts';

const role = 'Key Vault Secrets Officer, rg-payments';
let endpoint: Endpoint;
let secret = '';

test.describe.configure({ mode: 'serial', timeout: 90_000 });
test.beforeAll(async ({ tenant }) => {
  await tenant.reset();
  endpoint = await openEndpoint();
});
test.afterAll(async ({ tenant }) => {
  endpoint?.close();
  await tenant.reset();
});

test('an administrator sets an endpoint up, has its secret once, and it hears what it chose', async ({
  ada,
  comes,
}) => {
  const { page } = await comes('mira.novak', { path: '/settings/webhooks' });
  await expect(page.getByText('No endpoint yet')).toBeVisible();
  await expectAccessible(page, 'Webhooks without an endpoint');
  await page.getByRole('link', { name: 'Add an endpoint' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Change log');
  await page.getByLabel('Address', { exact: true }).fill('hooks.example.com');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(page.getByLabel('Address', { exact: true })).toHaveAccessibleDescription(
    /Write a whole address/,
  );
  await expectAccessible(page, 'A new endpoint with an error');
  await page.getByLabel('Address', { exact: true }).fill(endpoint.url);
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  secret = (await page.locator('code', { hasText: 'whsec_' }).textContent()) ?? '';
  await expectAccessible(page, 'The secret of an endpoint');
  await page.getByRole('button', { name: 'On to the endpoint' }).click();
  await expect(page.getByRole('heading', { name: 'Change log', level: 2 })).toBeVisible();
  await page.reload();
  await expect(page.getByText('whsec_')).toHaveCount(0);

  await ada.activates([role], { justification: 'Rotate it', ticket: 'CHG0090311', minutes: 30 });
  await expect
    .poll(() => endpoint.came.map(({ body }) => JSON.parse(body).type))
    .toEqual(['request.activated']);
  const event = endpoint.verified(secret);
  expect(event).toMatchObject({ data: { role: { name: 'Key Vault Secrets Officer' }, status: 'active' } });
  expect(JSON.stringify(event)).not.toContain('Rotate it');
});

test('while its secret is replaced, the one before holds too', async ({ comes }) => {
  const { page } = await comes('mira.novak', { path: '/settings/webhooks' });
  await page.getByRole('link', { name: 'Change log' }).click();
  await page.getByRole('button', { name: 'Make a new secret' }).click();
  const next = (await page.locator('code', { hasText: 'whsec_' }).textContent()) ?? '';
  await page.getByRole('button', { name: 'I have it' }).click();
  await expect(page.getByText(/Two hold until/)).toBeVisible();
  const before = endpoint.came.length;
  await page.getByRole('button', { name: 'Send a test' }).click();
  await expect.poll(() => endpoint.came.length).toBe(before + 1);
  for (const one of [secret, next]) expect(endpoint.verified(one)).toMatchObject({ type: 'webhook.test' });
  await expectAccessible(page, 'An endpoint');
});

test('one that wants no more is switched off; what did not arrive is sent again', async ({ comes }) => {
  const mira = await comes('mira.novak', { path: '/settings/webhooks' });
  const { page } = mira;
  await page.getByRole('link', { name: 'Change log' }).click();
  await expect(page.getByRole('heading', { name: 'Change log', level: 2 })).toBeVisible();
  endpoint.answers = 410;
  await page.getByRole('button', { name: 'Send a test' }).click();
  await expect(async () => {
    await page.reload();
    await expect(page.getByText('Stint switched it off.')).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await page.getByRole('button', { name: 'Switch on' }).click();
  await expect(page.getByRole('button', { name: 'Switch off' })).toBeVisible();

  endpoint.answers = 204;
  await mira.visits('/settings/deliveries');
  const lost = page.getByRole('list', { name: 'Did not arrive' }).getByRole('listitem');
  await expect(lost).toContainText('It answered 410');
  await expectAccessible(page, 'Deliveries');
  const before = endpoint.came.length;
  await lost.getByRole('button', { name: 'Try again' }).click();
  await expect.poll(() => endpoint.came.length).toBe(before + 1);
  await expect(async () => {
    await page.reload();
    await expect(page.getByText('Everything arrived')).toBeVisible({ timeout: 1_000 });
  }).toPass();
});

test('one that is not wanted any more is switched off, then removed, with a second press', async ({
  comes,
}) => {
  const { page } = await comes('mira.novak', { path: '/settings/webhooks' });
  await page.getByRole('link', { name: 'Change log' }).click();
  await page.getByRole('button', { name: 'Switch off' }).click();
  await page.getByRole('button', { name: 'Remove', exact: true }).click();
  await expectAccessible(page, 'An endpoint about to be removed');
  await page.getByRole('button', { name: 'Remove “Change log” with its secret' }).click();
  await expect(page.getByText('No endpoint yet')).toBeVisible();
});

test('mail that is not set up says what to set', async ({ comes }) => {
  const { page } = await comes('mira.novak', { path: '/settings/mail' });
  await expect(page.getByText('STINT_SMTP_URL')).toBeVisible();
  await expectAccessible(page, 'Mail, not set up');
});
