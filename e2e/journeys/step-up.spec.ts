import type { Page } from '@playwright/test';
import { expectAccessible } from '#e2e/fixtures/axe.ts';
import { expect } from '#e2e/fixtures/expect.ts';
import { test } from '#e2e/fixtures/people.ts';
import type { Person } from '#e2e/fixtures/person.ts';
import { startStint } from '#e2e/fixtures/server.ts';
import { signIn } from '#e2e/fixtures/sign-in.ts';

const role = 'Privileged Role Administrator, Directory';
const reason = { justification: 'Give the on-call a role', minutes: 30 };

const dialog = (page: Page) => page.getByRole('dialog', { name: 'Microsoft asks for a stronger sign-in' });

/** Presses the button of the dialog and answers the window it opens. */
async function opens(person: Person, label = 'Sign in'): Promise<Page> {
  const popup = person.page.waitForEvent('popup');
  await dialog(person.page).getByRole('button', { name: label, exact: true }).click();
  return popup;
}

test.beforeAll(({ tenant }) => tenant.reset());
test.afterAll(async ({ emulator, tenant }) => {
  await emulator.mandatoryMfa(false);
  await tenant.reset();
});
test.beforeEach(async ({ emulator, clock }) => {
  await emulator.mandatoryMfa(false);
  // Whatever a test before left on is over.
  await clock.advance({ hours: 3 });
});

async function putsOff(person: Person): Promise<void> {
  await dialog(person.page).getByRole('button', { name: 'Later' }).click();
}

/** Elsewhere from the window's page, which may close on the way. */
async function leadsTo(popup: Page, { href }: URL): Promise<void> {
  await popup.evaluate((address) => {
    location.href = address;
  }, href);
}

/** From its story: what waits for a sign-in waits for ever. */
async function takesBack(person: Person): Promise<void> {
  await person.page.getByRole('button', { name: 'Cancel' }).click();
  await expect(person.moment('cancelled it')).toBeVisible();
}

test('a role that asks for a context: the dialog opens by itself, one sign-in in its window, and the same request is active', async ({
  ada,
}) => {
  const { loads } = ada;
  await ada.activates([role], reason);
  await expect(dialog(ada.page)).toContainText('authentication context c1');
  const popup = await opens(ada);
  await expect(popup.getByRole('radio', { checked: true })).toHaveValue('ada.lind@contoso.example');
  await expect(dialog(ada.page)).toContainText('window is open');
  const closed = popup.waitForEvent('close');
  await signIn(popup, 'ada.lind');
  await closed;
  await expect(dialog(ada.page)).toHaveCount(0);
  await ada.sees('Active now', role);
  expect(ada.loads).toBe(loads);
  await ada.opensStory('Active now', role);
  for (const line of ['asks for a stronger sign-in', 'signed in as asked', 'shows it active'])
    await expect(ada.moment(line)).toHaveCount(1);
});

test('where the browser lets no window open it goes on in this one, and comes back to the request', async ({
  comes,
}) => {
  const ada = await comes('ada.lind');
  await ada.page.evaluate(() => {
    window.open = () => null;
  });
  await ada.activates([role], reason);
  await dialog(ada.page).getByRole('button', { name: 'Sign in' }).click();
  await expect(dialog(ada.page)).toContainText('did not let the window open');
  await dialog(ada.page).getByRole('link', { name: 'Sign in in this window' }).click();
  await signIn(ada.page, 'ada.lind');
  await ada.page.waitForURL('**/requests/*');
  await expect(ada.moment('shows it active')).toBeVisible();
});

test('on a phone, a window that is closed is noticed, nothing is lost, and it can be opened again', async ({
  comes,
}) => {
  const ada = await comes('ada.lind', { browser: { viewport: { width: 360, height: 740 } } });
  await ada.activates([role], reason);
  const popup = await opens(ada);
  await popup.getByRole('button', { name: 'Sign in' }).waitFor();
  await popup.close();
  await expect(dialog(ada.page)).toContainText('closed before the sign-in was done');
  const again = await opens(ada, 'Sign in once more');
  await signIn(again, 'ada.lind');
  await ada.sees('Active now', role);
});

test('put off, it waits under Pending and in its story, and goes on from there', async ({ ada }) => {
  test.slow();
  await ada.activates([role], reason);
  await putsOff(ada);
  await expect(ada.row('Pending', role)).toContainText('Needs you');
  await ada.page.reload();
  await expect(dialog(ada.page)).toHaveCount(0);
  await ada.opensStory('Pending', role);
  await ada.page.getByRole('button', { name: 'Sign in' }).press('Enter');
  await expectAccessible(ada.page, 'the dialog for a stronger sign-in');
  const waiting = ada.page.waitForEvent('popup');
  await expect(dialog(ada.page).getByRole('button', { name: 'Sign in' })).toBeFocused();
  await ada.page.keyboard.press('Enter');
  await signIn(await waiting, 'ada.lind');
  await expect(ada.moment('shows it active')).toBeVisible();
});

test('another account in the window is refused, said, on record; the right one goes on', async ({ ada }) => {
  await ada.activates([role], reason);
  await signIn(await opens(ada), 'bo.okafor');
  await expect(dialog(ada.page)).toContainText('with another account than here');
  await signIn(await opens(ada, 'Sign in once more'), 'ada.lind');
  await ada.sees('Active now', role);
  await ada.opensStory('Active now', role);
  await expect(ada.moment('did not sign in as asked')).toContainText('another account');
});

test('cancelled at Microsoft it says so, and the request waits', async ({ ada }) => {
  await ada.activates([role], reason);
  const popup = await opens(ada);
  await popup.getByRole('button', { name: 'Sign in' }).waitFor();
  const asked = new URL(popup.url()).searchParams;
  const back = new URL(asked.get('redirect_uri') ?? '');
  back.search = String(new URLSearchParams({ error: 'access_denied', state: asked.get('state') ?? '' }));
  await leadsTo(popup, back);
  await expect(dialog(ada.page)).toContainText('was cancelled');
  await putsOff(ada);
  await expect(ada.row('Pending', role)).toContainText('Needs you');
  await ada.opensStory('Pending', role);
  await takesBack(ada);
});

test('asked for the same again after the sign-in, it says so and what to check, and opens nothing by itself', async ({
  ada,
}) => {
  await ada.activates([role], reason);
  const popup = await opens(ada);
  await popup.getByRole('button', { name: 'Sign in' }).waitFor();
  // Entra answers without the context, as it does where no policy is behind one.
  const plain = new URL(popup.url());
  plain.searchParams.delete('claims');
  await leadsTo(popup, plain);
  await expect(ada.row('Pending', role)).toContainText('the same again after you signed in');
  await expect(ada.row('Pending', role)).toContainText('Conditional Access policy');
  await expect(dialog(ada.page)).toHaveCount(0);
  await ada.opensStory('Pending', role);
  await expect(ada.moment('the same once more')).toBeVisible();
  await takesBack(ada);
});

test('MFA that PIM misses is asked for, and the same request goes on', async ({ comes }) => {
  const exchange = 'Exchange Administrator, Directory';
  const ada = await comes('ada.lind', { mfa: false });
  await ada.activates([exchange], { justification: 'Move a mailbox', minutes: 30 });
  await expect(dialog(ada.page)).toContainText('multifactor authentication');
  await signIn(await opens(ada), 'ada.lind');
  await ada.sees('Active now', exchange);
});

test('Azure Resource Manager’s own challenge is met the same way', async ({ comes, emulator }) => {
  const contributor = 'Contributor, Staging';
  await emulator.mandatoryMfa(true);
  const ada = await comes('ada.lind', { mfa: false });
  await ada.activates([contributor], { justification: 'Restart a service', minutes: 30 });
  await expect(dialog(ada.page)).toContainText('multifactor authentication');
  await signIn(await opens(ada), 'ada.lind');
  await ada.sees('Active now', contributor);
});

test('an approver’s own challenge: the same decision goes on, with its reason', async ({
  ada,
  comes,
  emulator,
}) => {
  const cluster = 'Azure Kubernetes Service RBAC Cluster Admin, aks-core';
  const card = 'Ada Lind: Azure Kubernetes Service RBAC Cluster Admin on aks-core';
  await emulator.mandatoryMfa(true);
  await ada.activates([cluster], { justification: 'Drain the canary pool', minutes: 30 });
  const bo = await comes('bo.okafor', { mfa: false, path: '/approvals' });
  await bo.approves(card, 'Agreed in stand-up');
  await expect(bo.card(card)).toContainText('Azure asks for multifactor authentication first');
  await bo.card(card).getByRole('button', { name: 'Sign in' }).click();
  await signIn(await opens(bo), 'bo.okafor');
  await expect(bo.card(card)).toHaveCount(0);
  await ada.sees('Active now', cluster);
  await ada.opensStory('Active now', cluster);
  await expect(ada.moment('approved')).toContainText('Agreed in stand-up');
});

test('an answer used before opens nothing, and the window says what to do', async ({ ada }) => {
  await ada.activates([role], reason);
  const popup = await opens(ada);
  await popup.getByRole('button', { name: 'Sign in' }).waitFor();
  const callback = popup.waitForRequest(/\/auth\/callback\?/);
  await signIn(popup, 'ada.lind');
  const used = (await callback).url();
  await ada.sees('Active now', role);
  await ada.visits(used);
  await expect(ada.page.getByRole('heading', { name: 'The sign-in did not count' })).toBeVisible();
  await expect(ada.page.getByText('took longer than ten minutes, was used already')).toBeVisible();
});

/** Tokens, codes and refresh tokens of the authority are all JWTs or JWEs; its own cookie, which is one too, is left out. */
function tokensIn(text: string): string[] {
  const theirs = /"name":"emulator-sign-in-\d+","value":"[^"]+"/g;
  return text.replaceAll(theirs, '').match(/eyJ[\w-]{8,}\.[\w-]*\.[\w-]+/g) ?? [];
}

test('no answer and no storage of it holds a token', async ({ arrives, baseURL }) => {
  const ada = await arrives('ada.lind');
  const told: Promise<string>[] = [];
  ada.context.on('response', (answer) => {
    if (new URL(answer.url()).origin !== new URL(baseURL ?? '').origin) return;
    // A window that closes takes its last answer's raw headers along; those known already stay.
    const all = answer.allHeaders().catch(() => answer.headers());
    const headers = all.then((one) => JSON.stringify(one));
    // A stream has no end.
    const body = answer.url().endsWith('/api/stream') ? '' : answer.text().catch(() => '');
    told.push(Promise.all([headers, body]).then((parts) => parts.join('\n')));
  });
  await ada.signsIn();
  await ada.activates([role], reason);
  await signIn(await opens(ada), 'ada.lind');
  await ada.sees('Active now', role);
  await ada.opensStory('Active now', role);
  const stored = await ada.page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
  const answers = (await Promise.all(told)).join('\n');
  expect(answers).toContain('Privileged Role Administrator');
  expect(tokensIn(answers)).toEqual([]);
  expect(tokensIn(stored + JSON.stringify(await ada.context.storageState()))).toEqual([]);
});

test('no log of it holds a token, not even where everything is logged', async ({ arrives }) => {
  test.slow();
  const database = process.env.STINT_E2E_DB === 'postgres' ? 'postgres' : 'pglite';
  const stint = await startStint({ database, variables: { LOG_LEVEL: 'debug' } });
  try {
    const ada = await arrives('ada.lind', { baseURL: stint.origin });
    await ada.signsIn();
    await ada.activates([role], reason);
    await signIn(await opens(ada), 'ada.lind');
    await ada.sees('Active now', role);
    const log = stint
      .programs()
      .map((program) => program.output())
      .join('\n');
    expect(log).toContain('"job":"provision"');
    expect(tokensIn(log)).toEqual([]);
    // Whose server goes complains of its stream.
    await ada.page.goto('about:blank');
  } finally {
    await stint.stop();
  }
});
