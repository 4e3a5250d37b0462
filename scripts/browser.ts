import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';
import { installOnDebian } from './install-on-debian.ts';

const known = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/**
 * The path of a Chromium: CHROMIUM_PATH, Playwright's own when it is there, the machine's, or Debian's package.
 * @throws Error saying what to install where none can be had.
 */
export function ensureBrowser(say: (line: string) => void): string {
  const found = installedBrowser() ?? (installOnDebian('chromium', say) ? installedBrowser() : null);
  if (found) return found;
  throw new Error(
    'The browser tests need a Chromium, and there is none. Install one, or set CHROMIUM_PATH to it.',
  );
}

function installedBrowser(): string | null {
  const { CHROMIUM_PATH } = process.env;
  return (
    [CHROMIUM_PATH, chromium.executablePath(), ...known].find((path) => path && existsSync(path)) ?? null
  );
}
