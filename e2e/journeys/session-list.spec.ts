import { expectAccessible } from '#e2e/fixtures/axe.ts';
import { expect } from '#e2e/fixtures/expect.ts';
import { test } from '#e2e/fixtures/people.ts';

test('a person sees where they are signed in, and ends all but this one', async ({ comes }) => {
  await comes('lou.grant');
  const lou = await comes('lou.grant', { path: '/requests' });
  await lou.page.getByRole('link', { name: 'Sessions' }).click();
  const own = lou.page.getByRole('table', { name: 'Your sessions' });
  await expect(own.getByText('this one')).toHaveCount(1);
  expect(await own.getByRole('button', { name: 'End Chrome on Linux' }).count()).toBeGreaterThan(0);
  await expect(lou.page.getByRole('heading', { name: 'Other people’s' })).toHaveCount(0);
  await lou.page.getByRole('button', { name: 'End all others' }).click();
  await expect(own.getByRole('button')).toHaveCount(0);
  await expect(own.getByText('this one')).toBeVisible();
});

test('an administrator finds a person by name and ends their session', async ({ comes }) => {
  const uma = await comes('uma.joshi');
  const mira = await comes('mira.novak', { path: '/sessions' });
  await mira.page.getByLabel('Person').fill('uma');
  await mira.page.getByRole('button', { name: 'Find' }).click();
  await expectAccessible(mira.page, 'sessions');
  const others = mira.page.getByRole('table', { name: 'Other people’s sessions' });
  const ends = others.getByRole('button', { name: /^End Uma Joshi/ });
  for (let left = await ends.count(); left > 0; left -= 1) {
    await ends.first().click();
    await expect(ends).toHaveCount(left - 1);
  }
  await expect(mira.page.getByText('Nobody of that name is signed in')).toBeVisible();
  // Not by opening a page: Microsoft still knows the browser, and would sign it in again.
  expect((await uma.context.request.get('/api/exports/history')).status()).toBe(401);
});
