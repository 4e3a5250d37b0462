import { globSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import type { Browser, Page } from '@playwright/test';
import { type Figure, type Measurement, median, type Options } from './measurement.ts';
import { largestPaint } from './paint.ts';
import { type ReadyPortal, withReadyPortal } from './ready-portal.ts';
import { signedIn } from './signed-in.ts';

/** Who sees more on a page than an administrator does. */
const seenBy: Record<string, string> = {
  ...{ '/requests': 'ada.lind', '/approvals': 'bo.okafor', '/history': 'auden.hale' },
  ...{ '/auth/failed': 'ada.lind', '/auth/signed-out': 'ada.lind' },
};
/** Every page with an address of its own but My access; the two of the step-up window are read by nobody. */
const elsewhere = globSync('app/**/page.tsx')
  .map((file) => file.replace(/^app|\/\([^)]*\)|\/page\.tsx$/g, ''))
  .filter((path) => path !== '' && !/\[|^\/auth\/step|^\/activate$|^\/bench/.test(path))
  .map((path): [path: string, login: string] => [path, seenBy[path] ?? 'mira.novak']);
const slowdown = 4;

/** P7: what a browser has to load before the first interaction, and how a slow one fares. */
export const browserCost: Measurement = {
  ids: ['P7'],
  title: 'JavaScript, paint and response in a browser',
  measure: (options) =>
    withReadyPortal('pglite', options, async (ready) => [
      ...(await scripts(ready, options)),
      ...(await slowBrowser(ready, options)),
    ]),
};

/** Kilobytes are the same at every visit: measured once. */
async function scripts({ stint, browser }: ReadyPortal, { say }: Options): Promise<Figure[]> {
  const people = new Map<string, Page>();
  const weigh = async (path: string, login: string) => {
    const page = people.get(login) ?? (await signedIn(browser, stint.origin, login));
    people.set(login, page);
    const kilobytes = await scriptKilobytes(page, path);
    say(`P7 ${path}: ${kilobytes.toFixed(0)} KB of JavaScript`);
    return { path, kilobytes };
  };
  const floor = (await weigh('/bench-empty', 'ada.lind')).kilobytes;
  const access = await weigh('/', 'ada.lind');
  const others: (typeof access)[] = [];
  for (const [path, login] of elsewhere) others.push(await weigh(path, login));
  const story = await weigh(await someStory(await pageOf(people, browser, stint.origin)), 'ada.lind');
  // What they still listen to is not the next measurement's.
  for (const page of people.values()) await page.context().close();
  const heaviest = [...others, story].reduce((most, one) => (one.kilobytes > most.kilobytes ? one : most));
  return [
    { ...access, name: 'my access', most: 1.3 },
    { ...heaviest, name: `heaviest other page, ${heaviest.path.replace(/[0-9a-f-]{36}/, '…')}`, most: 1.5 },
  ].map(({ kilobytes, name, most }) => ({
    ...{ id: 'P7', work: `JavaScript (gz), ${name}`, beside: 'empty page with a Link', unit: 'KB' },
    ...{ ours: kilobytes, yardstick: floor, ratio: kilobytes / floor },
    ...{ target: `≤ ${most} ×`, met: kilobytes / floor <= most },
  }));
}

async function pageOf(people: Map<string, Page>, browser: Browser, origin: string): Promise<Page> {
  return people.get('ada.lind') ?? signedIn(browser, origin, 'ada.lind');
}

/** Ada activates a role; the address of its story. */
async function someStory(page: Page): Promise<string> {
  await page.goto('/');
  await page.getByRole('checkbox', { name: 'User Administrator, Directory' }).check();
  await page.getByLabel('Justification').fill('A story to weigh');
  await page.getByRole('button', { name: 'Activate', exact: true }).click();
  const link = page.getByRole('complementary', { name: 'Results' }).getByRole('link').first();
  return (await link.getAttribute('href')) ?? '/';
}

/** Gzipped JavaScript that a page loads before anybody does anything, nothing of it in the cache. */
async function scriptKilobytes(page: Page, path: string): Promise<number> {
  const loaded = new Map<string, Promise<Buffer>>();
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Network.setCacheDisabled', { cacheDisabled: true });
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script') loaded.set(response.url(), response.body());
  });
  await page.goto(path);
  await page.waitForFunction(() => document.readyState === 'complete');
  // What is fetched ahead begins when the page is idle.
  await page.evaluate(() => new Promise((resolve) => requestIdleCallback(() => setTimeout(resolve, 500))));
  page.removeAllListeners('response');
  await cdp.detach();
  const bodies = await Promise.all(loaded.values());
  return bodies.reduce((sum, body) => sum + gzipSync(body).length, 0) / 1024;
}

async function slowBrowser({ ada }: ReadyPortal, { repeats, say }: Options): Promise<Figure[]> {
  const cdp = await ada.context().newCDPSession(ada);
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
  const paints: number[] = [];
  const responses: number[] = [];
  for (let round = 1; round <= repeats; round++) {
    await ada.goto('/');
    await ada.waitForLoadState('load');
    paints.push(await largestPaint(ada));
    responses.push(await slowestResponse(ada));
    say(`P7 ${round}: LCP ${paints.at(-1)?.toFixed(0)} ms, INP ${responses.at(-1)?.toFixed(0)} ms`);
  }
  const [lcp, inp] = [median(paints), median(responses)];
  const common = { id: 'P7', beside: null, yardstick: null, unit: 'ms', ratio: null } as const;
  return [
    {
      ...common,
      work: `LCP of my access, CPU ${slowdown} × slower`,
      ours: lcp,
      target: '≤ 1200 ms',
      met: lcp <= 1200,
    },
    {
      ...common,
      work: `INP of the sheet, CPU ${slowdown} × slower`,
      ours: inp,
      target: '≤ 100 ms',
      met: inp <= 100,
    },
  ];
}

/** The longest interaction (Event Timing) of finding, ticking, typing and leaving out; with so few, that is the INP. */
async function slowestResponse(page: Page): Promise<number> {
  await page.evaluate(() => {
    const seen = window as unknown as { slowest: number };
    seen.slowest = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEventTiming & { interactionId: number })[])
        if (entry.interactionId > 0) seen.slowest = Math.max(seen.slowest, entry.duration);
    }).observe({ type: 'event', durationThreshold: 16 } as PerformanceObserverInit);
  });
  const find = page.getByRole('searchbox');
  await find.click();
  await page.keyboard.type('contrib', { delay: 120 });
  await page.keyboard.press('Escape');
  const boxes = page.locator('input[type=checkbox]:enabled');
  for (const at of [0, 5, 20]) await boxes.nth(at).click();
  await page.getByLabel('Justification').click();
  await page.keyboard.type('Rotate the certificate of the gateway', { delay: 60 });
  await page.getByLabel('Duration', { exact: true }).click();
  await page.keyboard.type('30 min', { delay: 60 });
  await boxes.nth(5).click();
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 300))));
  return page.evaluate(() => (window as unknown as { slowest: number }).slowest);
}
