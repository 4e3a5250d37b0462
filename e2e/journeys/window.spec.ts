import { expectAccessible } from '#e2e/fixtures/axe.ts';
import { expect } from '#e2e/fixtures/expect.ts';
import { test } from '#e2e/fixtures/people.ts';

const role = 'Contributor, Staging';
const named = 'Contributor on Staging';

test.describe.configure({ timeout: 180_000 });
test.beforeEach(({ tenant }) => tenant.reset());

test('a window counts down in the tab, reminds once, and is followed by another', async ({ ada, clock }) => {
  await ada.activates([role], { justification: 'Swap the slot', minutes: 30 });
  await ada.sees('Active now', role);
  await expect(ada.page).toHaveTitle(/^(29|30) min · Contributor · Stint$/);
  const other = await ada.context.newPage();
  const pages = [
    { page: ada.page, path: '/' },
    { page: other, path: '/requests' },
  ];
  // A page that is open may say it before it is loaded anew, and it is said once.
  for (const { page } of pages) await page.goto('about:blank');
  await clock.advance({ minutes: 26 });
  for (const { page, path } of pages) await page.goto(path);
  const toasts = ada.context.pages().map((page) => page.getByRole('link', { name: `Extend ${named}` }));
  const shown = async () => {
    const counts = await Promise.all(toasts.map((toast) => toast.count()));
    return counts.reduce((sum, count) => sum + count, 0);
  };
  await expect.poll(shown).toBe(1);
  await other.close();

  await ada.visits('/');
  const row = ada.row('Active now', role);
  await row.getByRole('button', { name: 'Extend' }).focus();
  await ada.page.keyboard.press('Enter');
  const dialog = ada.page.getByRole('dialog', { name: `Extend ${named}` });
  await expect(dialog).toContainText('Starts when this ends');
  await expect(dialog).toContainText('you may be without it');
  await expect(dialog).toContainText('Nobody has to approve it.');
  await expect(dialog.getByLabel('Justification')).toHaveValue('Swap the slot');
  await expectAccessible(ada.page, 'extend');
  await dialog.getByLabel('Duration').fill('20 min');
  await dialog.getByRole('button', { name: 'Extend' }).click();
  await expect(row).toContainText('then 20 min more');
  await expect(row.getByRole('button', { name: 'Extend' })).toHaveCount(0);
  await expect(ada.page.getByRole('region', { name: 'Pending' })).toHaveCount(0);

  await clock.advance({ minutes: 5 });
  await expect(row).toContainText(/1\d min left/);
  await ada.opensStory('Active now', role);
  await expect(ada.page.getByText(/^Follows 30 min/)).toBeVisible();
  await expect(ada.moment('asked for 20 min more')).toBeVisible();
});

test('what is on serves a second ticket, and ends with the last', async ({ ada, clock, tenant }) => {
  await ada.activates([role], { justification: 'Swap the slot', minutes: 60 });
  await ada.sees('Active now', role);
  await ada.page.getByRole('link', { name: `Use for another ticket: ${role}` }).click();
  const asking = ada.page.getByRole('dialog', { name: `Use ${named} for another ticket` });
  await asking.getByLabel('Other ticket').fill('CHG0090311');
  await asking.getByLabel('Justification').fill('The change, too');
  await asking.getByLabel('Duration').fill('20 min');
  await expectAccessible(ada.page, 'another ticket');
  await asking.getByRole('button', { name: 'Use it' }).click();
  const row = ada.row('Active now', role);
  await expect(row).toContainText('CHG0090311 until');

  await clock.advance({ minutes: 6 });
  await ada.visits('/');
  await row.getByRole('button', { name: 'End', exact: true }).click();
  const ending = ada.page.getByRole('dialog', { name: `End ${named}` });
  await ending.getByRole('radio', { name: /^CHG0090311/ }).check();
  await expectAccessible(ada.page, 'end');
  await ending.getByRole('button', { name: 'Done with this ticket' }).click();
  await expect(ending).toHaveCount(0);
  await expect(row).toContainText('Swap the slot');
  expect(await tenant.activated('Ada Lind')).toHaveLength(1);
  const path = await row.getByRole('link').getAttribute('href');

  await row.getByRole('button', { name: 'End', exact: true }).click();
  await ada.seesNoMore('Active now', role);
  expect(await tenant.activated('Ada Lind')).toEqual([]);
  await ada.visits(path ?? '');
  await expect(ada.moment('needs it for CHG0090311, too')).toBeVisible();
  await expect(ada.moment('is done with it for CHG0090311')).toBeVisible();
});

test('several end at once, as soon as Azure allows, unless wanted on after all', async ({ ada, clock }) => {
  const others = ['User Administrator, Directory', 'sg-oncall-platform, member'];
  await ada.page.setViewportSize({ width: 360, height: 800 });
  await ada.activates([role, ...others], { justification: 'Watch the release', minutes: 60 });
  await ada.sees('Active now', role, ...others);
  await ada.page.getByRole('button', { name: 'End several' }).click();
  const dialog = ada.page.getByRole('dialog', { name: 'End several' });
  await expect(dialog.getByRole('checkbox')).toHaveCount(3);
  for (const box of await dialog.getByRole('checkbox').all()) await box.check();
  await expectAccessible(ada.page, 'end several');
  await ada.page.setViewportSize({ width: 360, height: 800 });
  await dialog.getByRole('button', { name: 'End 3 roles as soon as possible' }).click();
  await expect(ada.page.getByText('ends as soon as Azure allows')).toHaveCount(3);
  await ada.row('Active now', role).getByRole('button', { name: 'Keep it on' }).click();
  await expect(ada.page.getByText('ends as soon as Azure allows')).toHaveCount(2);

  await clock.advance({ minutes: 6 });
  await ada.seesNoMore('Active now', ...others);
  await ada.sees('Active now', role);
});

test('sessions are revoked everywhere, Stint’s own among them', async ({ comes }) => {
  const ada = await comes('ada.lind', { path: '/sessions' });
  await ada.page.getByRole('button', { name: 'Revoke my sessions' }).click();
  const dialog = ada.page.getByRole('dialog', { name: 'Revoke my sessions?' });
  await expect(dialog).toContainText('here in Stint');
  await expectAccessible(ada.page, 'revoke');
  await dialog.getByRole('button', { name: 'Sign me out everywhere' }).click();
  // The page listens until it hears that it is signed out.
  ada.expects(/api\/stream/);
  // Not the stream: one that is still open answers for ever.
  const who = async () => (await ada.page.context().request.get('/api/who')).text();
  await expect.poll(who, { timeout: 15_000 }).toBe('null');
});
