import type { Page } from '@playwright/test';
import { expect } from '#e2e/fixtures/expect.ts';
import { test } from '#e2e/fixtures/people.ts';
import type { Person } from '#e2e/fixtures/person.ts';

test.beforeEach(({ tenant }) => tenant.reset());

const reader = 'Security Reader, Directory';
const staging = 'Contributor, Staging';

function starOf({ page }: Person, role: string) {
  return page.getByRole('button', { name: `Favourite: ${role}`, exact: true });
}

async function keeps(person: Person, role: string): Promise<void> {
  const star = starOf(person, role);
  if ((await star.getAttribute('aria-pressed')) === 'true') return;
  await star.click();
  await expect(person.page.getByRole('region', { name: 'Favourites' })).toContainText(
    role.split(', ')[0] ?? '',
  );
}

/** Counts what a person does on this page from now on: presses of the pointer, and fields written into. */
async function counting(page: Page): Promise<() => Promise<{ clicks: number; fields: number }>> {
  await page.evaluate(() => {
    const fields = new Set<EventTarget | null>();
    const seen = { clicks: 0, fields: 0 };
    document.addEventListener('click', ({ isTrusted, detail }) => {
      if (isTrusted && detail > 0) seen.clicks += 1;
    });
    document.addEventListener('input', ({ target }) => {
      seen.fields = fields.add(target).size;
    });
    Object.assign(window, { seen });
  });
  return () => page.evaluate(() => (window as unknown as { seen: { clicks: number; fields: number } }).seen);
}

test('a favourite is active again by one press; where policy asks why, by one press and the reason', async ({
  ada,
}) => {
  await keeps(ada, reader);
  await keeps(ada, staging);
  const strip = ada.page.getByRole('region', { name: 'Favourites' });

  const first = await counting(ada.page);
  await strip.getByRole('button', { name: reader }).click();
  await ada.sees('Active now', reader);
  const plain = await first();

  await ada.page.reload();
  const second = await counting(ada.page);
  await strip.getByRole('button', { name: staging }).click();
  await expect(ada.page.getByLabel('Justification')).toBeFocused();
  await ada.page.keyboard.type('Rolling out 4.12');
  await ada.page.keyboard.press('ControlOrMeta+Enter');
  await ada.sees('Active now', staging);
  const asked = await second();

  console.log(`A favourite again: ${plain.clicks} click, ${plain.fields} fields`);
  console.log(`A favourite whose policy asks why: ${asked.clicks} click, ${asked.fields} field (the reason)`);
  expect(plain).toEqual({ clicks: 1, fields: 0 });
  expect(asked).toEqual({ clicks: 1, fields: 1 });
});

test('a bundle is made from a selection, asked for by one press with its own lengths, renamed and removed', async ({
  ada,
}) => {
  const { page } = ada;
  const roles = ['sg-oncall-platform, member', 'User Administrator, Directory'];
  await ada.chooses(...roles);
  await page.getByRole('button', { name: 'Save as a bundle' }).click();
  await page.getByLabel('Name of the bundle').fill('Night shift');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'Bundles' })).toContainText('Night shift');

  await page.goto('/bundles');
  await page.getByRole('link', { name: 'Night shift', exact: true }).click();
  await page.getByLabel('Length of User Administrator, Directory').fill('25 min');
  await page.getByLabel('Name', { exact: true }).fill('Night duty');
  await page.getByLabel('Add a role').fill('deploy');
  await page.getByRole('button', { name: 'Add Deployment Operator, Staging' }).click();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('row', { name: 'Night duty' })).toContainText('User Administrator, 25 min');

  await page.goto('/');
  await page.getByRole('button', { name: 'Night duty' }).click();
  await expect(page.getByRole('heading', { name: 'Activate 3 roles' })).toBeVisible();
  await expect(page.getByLabel('Justification')).toBeFocused();
  await page.keyboard.type('The night shift begins');
  await page.keyboard.press('ControlOrMeta+Enter');
  await ada.sees('Active now', ...roles, 'Deployment Operator, Staging');
  await expect(ada.row('Active now', 'User Administrator, Directory')).toContainText(/of 25 min/);

  await page.goto('/bundles');
  await page.getByRole('link', { name: 'Night duty', exact: true }).click();
  await page.getByRole('button', { name: 'Remove this bundle' }).click();
  await page.getByRole('button', { name: /^Remove “Night duty”/ }).click();
  await expect(page.getByRole('row', { name: 'Night duty' })).toHaveCount(0);
});

test('an administrator shares a bundle with a team, and each sees what of it is theirs', async ({
  comes,
}) => {
  const mira = await comes('mira.novak', { path: '/bundles/new' });
  const { page } = mira;
  await page.getByLabel('Name', { exact: true }).fill('Release day');
  for (const [letters, role] of [
    ['Contributor Staging', staging],
    ['Tag Contributor', 'Tag Contributor, Sandbox'],
  ] as const) {
    // The first reading of the tenant may still go on.
    await expect(async () => {
      await page.getByLabel('Add a role').fill('');
      await page.getByLabel('Add a role').fill(letters);
      await page.getByRole('button', { name: `Add ${role}` }).click({ timeout: 2000 });
    }).toPass({ timeout: 30_000 });
  }
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('link', { name: 'Release day', exact: true }).click();
  await page.getByLabel('Share with').fill('sg-nowhere');
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  await expect(page.getByText('no group is known as “sg-nowhere”')).toBeVisible();
  await page.getByLabel('Share with').fill('sg-dev-vm');
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  await expect(page.getByText('Shared with everybody in sg-dev-vm')).toBeVisible();

  const ada = await comes('ada.lind');
  const bundle = ada.page
    .getByRole('region', { name: 'Bundles' })
    .getByRole('listitem')
    .filter({ hasText: 'Release day' });
  await expect(bundle).toContainText('left out, not yours: Tag Contributor, Sandbox');
  await bundle.getByRole('button').click();
  await expect(ada.page.getByRole('heading', { name: 'Activate 1 role' })).toBeVisible();
  const cy = await comes('cy.tran');
  await expect(cy.page.getByRole('region', { name: 'Eligible' })).toBeVisible();
  await expect(cy.page.getByRole('region', { name: 'Bundles' })).toHaveCount(0);

  await page.getByRole('button', { name: 'Remove this bundle' }).click();
  await page.getByRole('button', { name: /^Remove “Release day”/ }).click();
  await expect(page.getByText('No bundles yet')).toBeVisible();
});

test('a link fills the form and asks for nothing, through signing in, and says what it could not do', async ({
  arrives,
  tenant,
}) => {
  const ada = await arrives('ada.lind');
  const link = 'role=Contributor&scope=Staging&role=Owner&scope=Nowhere&minutes=25&ticket=CHG1&reason=Canary';
  await ada.signsIn(`/activate?${link}`);
  const { page } = ada;
  await expect(page.getByRole('heading', { name: 'Activate 1 role' })).toBeVisible();
  await expect(page.getByRole('checkbox', { name: staging, exact: true })).toBeChecked();
  await expect(page.getByLabel('Justification')).toHaveValue('Canary');
  await expect(page.getByLabel('Duration')).toHaveValue('25 min');
  await expect(page.getByText('You are not eligible for “Owner” at “Nowhere”')).toBeVisible();
  expect(await tenant.activated('Ada Lind')).toEqual([]);
  await ada.seesNoMore('Pending', staging);

  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('button', { name: 'Copy link' }).click();
  await expect(page.getByText('Link copied')).toBeVisible();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  await page.goto(copied);
  await expect(page.getByRole('checkbox', { name: staging, exact: true })).toBeChecked();
});

test('on a phone, stars, strips, form and palette fit, and the page does not scroll sideways', async ({
  comes,
}) => {
  const ada = await comes('ada.lind', { browser: { viewport: { width: 360, height: 740 }, hasTouch: true } });
  const { page } = ada;
  await keeps(ada, staging);
  await page.getByRole('region', { name: 'Favourites' }).getByRole('button', { name: staging }).tap();
  await expect(page.getByLabel('Justification')).toBeFocused();
  const wide = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(await wide()).toBe(0);
  await page.getByRole('button', { name: 'Palette, Ctrl K' }).tap();
  await page.getByRole('combobox', { name: 'A role, bundle' }).fill('oncall');
  await expect(page.getByRole('option', { name: /^sg-oncall-platform member/ })).toBeVisible();
  expect(await wide()).toBe(0);
});
