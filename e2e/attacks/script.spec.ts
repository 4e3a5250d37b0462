import { expect } from '#e2e/fixtures/expect.ts';
import { test } from '#e2e/fixtures/people.ts';
import type { Person } from '#e2e/fixtures/person.ts';
import { type Action, builtActions, verdict, visit } from './visitor.ts';

test.beforeAll(({ tenant }) => tenant.reset());
test.afterAll(({ tenant }) => tenant.reset());

const run = 'window.xss=1';
/** Elements and attributes that run a script where text is taken for markup. */
const markup = [
  `<script>${run}</script>`,
  `<img src=x onerror=${run}>`,
  `<svg onload=${run}>`,
  `<svg><script>${run}</script></svg>`,
  `<body onload=${run}>`,
  `<iframe srcdoc="<script>parent.${run}</script>">`,
  `<a href="javascript:${run}">x</a>`,
  `<math><mi xlink:href="javascript:${run}">`,
  `<details open ontoggle=${run}>`,
  `<input autofocus onfocus=${run}>`,
  `<video><source onerror=${run}></video>`,
  `<object data="javascript:${run}">`,
  `<form action="javascript:${run}"><button>`,
  `<meta http-equiv=refresh content="0;javascript:${run}">`,
  `<base href="//evil.example/">`,
  `<link rel=stylesheet href="//evil.example">`,
  `<style>@import '//evil.example';</style>`,
  `javascript:${run}`,
  '{{constructor.constructor("xss=1")()}}',
  `\${${run}}`,
];
/** What stands before it, to leave the place that the text was put in. */
const breaks = ['', '"', "'>", '">', '</title>', '</script>', '-->', ']]>', '</textarea>', '\u2028'];
const strings = breaks.flatMap((out) => markup.map((inside) => `${out}${inside}`));

/** As many as fit, one after the other. */
function packed(most: number): string[] {
  const packs: string[] = [];
  for (const text of strings) {
    const last = packs.at(-1);
    if (last !== undefined && last.length + text.length + 1 <= most)
      packs[packs.length - 1] = `${last} ${text}`;
    else packs.push(text);
  }
  return packs;
}

async function staysText({ page }: Person, path: string): Promise<void> {
  await page.goto(path);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  expect(await page.evaluate(() => 'xss' in window), path).toBe(false);
}

test('two hundred scripts typed as reasons and tickets are text on every screen that shows them', async ({
  ada,
  auden,
  baseURL,
  cy,
}) => {
  expect(strings).toHaveLength(200);
  test.setTimeout(120_000);
  for (const person of [ada, auden, cy]) person.page.on('dialog', () => expect('a dialog').toBe('none'));
  const origin = new URL(baseURL ?? '').origin;
  const door = await visit(origin, 'ada.lind');
  const activate = builtActions().get('activateRoles') as Action;
  await ada.sees('Eligible', 'Contributor, Staging');
  const html = await (await door.get('/')).text();
  const keys = [
    ...new Set([...html.matchAll(/\\"key\\":\\"((?:azure|entra|group)\|[^\\]+)\\"/g)].map(([, key]) => key)),
  ];
  const packs = packed(480);
  let typed = 0;
  for (const key of keys) {
    const [justification = '', ticketNumber = ''] = [
      packs[typed % packs.length],
      strings[typed]?.slice(0, 90),
    ];
    const answer = await door.act(activate, [
      { roles: [{ key, minutes: 30 }], justification, ticketNumber, startsAt: null },
    ]);
    if ((await verdict(answer)) === 'ok') typed += 1;
  }
  expect(typed).toBeGreaterThan(8);

  await cy.visits('/approvals');
  const cards = cy.page.getByRole('article');
  await expect(cards.first()).toBeVisible();
  const waiting = await cards.count();
  await cards
    .first()
    .getByLabel('Justification')
    .fill(packs.at(-1) ?? '');
  await cards.first().getByRole('button', { name: 'Deny' }).click();
  await expect(cards).toHaveCount(waiting - 1);
  await staysText(cy, '/approvals');
  await staysText(ada, '/');
  await staysText(ada, '/requests');
  const stories = await ada.page
    .locator('a[href^="/requests/"]')
    .evaluateAll((all) => all.map((one) => one.getAttribute('href')));
  // The newest come first; older ones are other tests'.
  expect(stories.length).toBeGreaterThanOrEqual(typed);
  for (const story of stories.slice(0, typed)) await staysText(ada, story ?? '');
  await expect(ada.page.getByText('onerror').first()).toBeVisible();
  await staysText(auden, '/history');
  await door.leave();
});

test('two hundred scripts in addresses are text in the fields that repeat them', async ({ comes }) => {
  test.setTimeout(120_000);
  const mira = await comes('mira.novak', { path: '/history' });
  const packs = packed(95);
  for (let at = 0; at < packs.length; at += 6) {
    const [person = '', role = '', from = '', to = '', cursor = '', plane = ''] = packs.slice(at, at + 6);
    await staysText(mira, `/history?${new URLSearchParams({ person, role, from, to, cursor, plane })}`);
    await expect(mira.page.getByLabel('Person')).toHaveValue(person);
  }
  for (const text of markup.slice(0, 3)) {
    await staysText(mira, `/sessions?person=${encodeURIComponent(text)}`);
    await staysText(mira, `/?again=${encodeURIComponent(text)}`);
    await staysText(
      mira,
      `/auth/failed?reason=${encodeURIComponent(text)}&returnTo=${encodeURIComponent(text)}`,
    );
  }
});
