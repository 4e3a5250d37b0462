import { defineConfig } from '@playwright/test';
import { ensureBrowser } from '#scripts/browser.ts';
import { freePort } from '#scripts/ports.ts';

// The workers read this file again and must come to the same ports and browser.
process.env.STINT_E2E_PORT ??= String(await freePort());
process.env.STINT_E2E_EMULATOR_PORT ??= String(await freePort());
process.env.CHROMIUM_PATH ??= ensureBrowser(console.log);

const quiet = ['--disable-background-networking', '--disable-component-update', '--disable-sync'];

const database = process.env.STINT_E2E_DB === 'postgres' ? 'postgres' : 'pglite';

export default defineConfig({
  testDir: 'e2e',
  // Each run empties its own: two may go on beside each other.
  outputDir: `test-results/${database}`,
  globalSetup: './e2e/fixtures/server-setup.ts',
  // One emulator, one clock: a spec file resets them for itself.
  workers: 1,
  // A shared machine may stall for longer than a browser waits; such a test is reported as flaky, not hidden.
  retries: process.env.CI ? 1 : 0,
  forbidOnly: Boolean(process.env.CI),
  timeout: 60_000,
  reporter: 'list',
  use: {
    baseURL: `http://localhost:${process.env.STINT_E2E_PORT}`,
    locale: 'en-GB',
    // Every test is traced, few traces are kept: the page of each step and the last picture tell enough without a film.
    trace: { mode: 'retain-on-failure', screenshots: false },
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH,
      args: ['--no-sandbox', '--disable-gpu', ...quiet],
    },
  },
  projects: [{ name: database }],
});
