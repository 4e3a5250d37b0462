import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Browser } from '@playwright/test';
import { freePort } from '#scripts/ports.ts';
import { copyOfCheckout } from './checkout.ts';
import { type Figure, type Measurement, median, type Options } from './measurement.ts';
import { signedIn, startBrowser } from './signed-in.ts';

const root = join(import.meta.dirname, '..', '..');
const patienceSeconds = 180;

/** P9: from `npm run demo` to Ada's list on the screen. */
export const demoStart: Measurement = {
  ids: ['P9'],
  title: 'npm run demo to a usable page',
  measure: async (options) => {
    const browser = await startBrowser(options.say);
    try {
      return [
        await figure(options, 'with the build present', 15, () => secondsToUsable(root, browser)),
        await figure(options, 'the first time', 60, () => {
          const folder = copyOfCheckout('first-time');
          rmSync(join(folder, '.next'), { recursive: true, force: true });
          return secondsToUsable(folder, browser);
        }),
      ];
    } finally {
      await browser.close();
    }
  },
};

async function figure(
  { repeats, say }: Options,
  which: string,
  most: number,
  measure: () => Promise<number>,
): Promise<Figure> {
  const seconds: number[] = [];
  for (let round = 1; round <= repeats; round++) {
    seconds.push(await measure());
    say(`P9 ${round}: ${seconds.at(-1)?.toFixed(1)} s ${which}`);
  }
  const ours = median(seconds);
  return {
    ...{ id: 'P9', work: `npm run demo, ${which}`, beside: null, ours, yardstick: null },
    ...{ unit: 's', ratio: null, target: `≤ ${most} s`, met: ours <= most },
  };
}

/** Empty data, ports of its own; the whole group of processes is ended afterwards. */
async function secondsToUsable(folder: string, browser: Browser): Promise<number> {
  const data = mkdtempSync(join(tmpdir(), 'stint-demo-'));
  const port = await freePort();
  const env = {
    ...process.env,
    PORT: String(port),
    EMULATOR_HTTP_PORT: String(await freePort()),
    EMULATOR_HTTPS_PORT: String(await freePort()),
    STINT_DATA: data,
  };
  const started = performance.now();
  const demo = spawn('npm', ['run', 'demo'], { cwd: folder, env, detached: true, stdio: 'ignore' });
  const ended = new Promise((resolve) => demo.once('close', resolve));
  try {
    await untilHealthy(`http://localhost:${port}/api/health`, () => demo.exitCode !== null);
    const ada = await signedIn(browser, `http://localhost:${port}`, 'ada.lind');
    await ada.getByRole('region', { name: 'Eligible' }).locator('tbody tr').first().waitFor();
    const seconds = (performance.now() - started) / 1000;
    await ada.context().close();
    return seconds;
  } finally {
    if (demo.pid && demo.exitCode === null) process.kill(-demo.pid, 'SIGINT');
    await ended;
    rmSync(data, { recursive: true, force: true });
  }
}

/** @throws Error when the demo ends or never answers. */
async function untilHealthy(url: string, hasEnded: () => boolean): Promise<void> {
  for (const until = performance.now() + patienceSeconds * 1000; performance.now() < until; await pause(50)) {
    if (hasEnded()) throw new Error('npm run demo ended by itself.');
    const answer = await fetch(url, { signal: AbortSignal.timeout(5_000) }).catch(() => null);
    if (answer?.ok) return;
  }
  throw new Error(`npm run demo answered nothing within ${patienceSeconds} s.`);
}
