import { expect } from '#e2e/fixtures/expect.ts';
import { test } from '#e2e/fixtures/people.ts';

test.beforeAll(({ tenant }) => tenant.reset());

test('signing out ends the session on the server, not only in the browser', async ({ ada, arrives }) => {
  const kept = await ada.context.storageState();
  const thief = await arrives('ada.lind', { storageState: kept });
  await thief.visits('/');
  await expect(thief.page.getByRole('heading', { name: 'Access', exact: true })).toBeVisible();

  await ada.page.getByRole('button', { name: 'Sign out' }).click();
  await expect(ada.page.getByRole('heading', { name: 'You are signed out' })).toBeVisible();

  thief.expects(/401|\/oauth2|\/api\//);
  expect((await thief.context.request.get('/api/exports/history')).status()).toBe(401);
  expect((await thief.context.request.get('/api/stream')).status()).toBe(401);
  await thief.visits('/');
  await expect(thief.page.getByRole('button', { name: 'Sign in' })).toBeVisible();
});

test('who is asked to sign in comes back to where they wanted to go', async ({ ada, arrives }) => {
  await ada.activates(['Reader, Platform'], { minutes: 30 });
  const path = await ada.opensStory('Active now', 'Reader, Platform');
  const again = await arrives('ada.lind');
  await again.signsIn(path);
  expect(new URL(again.page.url()).pathname).toBe(path);
  await expect(again.page.getByRole('heading', { name: 'Reader' })).toBeVisible();

  const filtered = await arrives('ada.lind');
  await filtered.signsIn('/history?role=Reader&status=active');
  expect(new URL(filtered.page.url()).search).toBe('?role=Reader&status=active');
});

test('sign-in leads nowhere but to Stint’s own pages', async ({ arrives, baseURL }) => {
  const lou = await arrives('lou.grant');
  await lou.signsIn('/auth/sign-in?returnTo=https%3A%2F%2Fevil.example%2F');
  expect(new URL(lou.page.url()).origin).toBe(new URL(baseURL ?? '').origin);
});
