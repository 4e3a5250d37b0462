/** A Stint for one measurement: the portal with the yardsticks' pages, and Ada, whose sixty roles and their rules it has read. */
import type { Browser, Page } from '@playwright/test';
import { type Emulator, emulatorAt } from '#e2e/fixtures/emulator.ts';
import { type Database, type Stint, startStint } from '#e2e/fixtures/server.ts';
import { asksForNoSignIn } from '#e2e/fixtures/step-up.ts';
import { portalWithYardsticks } from './checkout.ts';
import type { Options } from './measurement.ts';
import { signedIn, startBrowser } from './signed-in.ts';
import { giveSixtyRoles } from './sixty-roles.ts';

export interface ReadyPortal {
  stint: Stint;
  emulator: Emulator;
  browser: Browser;
  /** Ada at her sixty rows. */
  ada: Page;
}

/** Hands it to `measure`, and ends all of it however that ended. */
export async function withReadyPortal<Result>(
  database: Database,
  { say }: Options,
  measure: (ready: ReadyPortal) => Promise<Result>,
  more: Record<string, string> = {},
): Promise<Result> {
  const folder = portalWithYardsticks(say);
  // One person asks as often as a hundred would.
  const stint = await startStint({ database, folder, variables: { STINT_RATE_FACTOR: '1000', ...more } });
  const browser = await startBrowser(say);
  try {
    await asksForNoSignIn(stint.origin, folder);
    const emulator = emulatorAt(stint.emulatorOrigin);
    await giveSixtyRoles(emulator);
    const ada = await signedIn(browser, stint.origin, 'ada.lind');
    await ada.getByText('60 roles').waitFor({ timeout: 120_000 });
    await ada.waitForFunction(
      () => !/rules not read yet|reading Azure/.test(document.querySelector('main')?.textContent ?? ''),
      null,
      {
        timeout: 120_000,
      },
    );
    return await measure({ stint, emulator, browser, ada });
  } finally {
    await browser.close();
    await stint.stop();
  }
}
