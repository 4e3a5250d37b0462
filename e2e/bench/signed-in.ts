import { type Browser, type BrowserContext, chromium, type Page } from '@playwright/test';
import { signIn } from '#e2e/fixtures/sign-in.ts';
import { ensureBrowser } from '#scripts/browser.ts';

const quiet = ['--disable-background-networking', '--disable-component-update', '--disable-sync'];

/** The machine's Chromium, as the journeys use it. */
export function startBrowser(say: (line: string) => void): Promise<Browser> {
  return chromium.launch({
    executablePath: ensureBrowser(say),
    args: ['--no-sandbox', '--disable-gpu', ...quiet],
  });
}

/** Somebody at a browser of their own, signed in by the real code flow and at `path`. */
export async function signedIn(browser: Browser, origin: string, login: string, path = '/'): Promise<Page> {
  const context = await browser.newContext({ baseURL: origin, locale: 'en-GB' });
  const page = await context.newPage();
  await page.goto(path);
  await signIn(page, login);
  await page.waitForURL((url) => url.origin === origin);
  return page;
}

/** What a request outside the browser carries to be theirs. */
export async function cookieOf(context: BrowserContext): Promise<string> {
  const own = (await context.cookies()).filter(({ name }) => name.includes('stint'));
  return own.map(({ name, value }) => `${name}=${value}`).join('; ');
}
