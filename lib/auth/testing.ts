/** For tests that sign in for real: the emulator as a process of its own, and a browser as far as its page needs one. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

export interface RunningEmulator {
  httpsPort: string;
  httpPort: string;
  stop(): Promise<void>;
}

/** Starts the emulator on free ports; `environment` names its data folder (STINT_DATA). */
export async function startEmulator(environment: NodeJS.ProcessEnv): Promise<RunningEmulator> {
  const env = { ...environment, EMULATOR_HTTPS_PORT: '0', EMULATOR_HTTP_PORT: '0' };
  const child = spawn(process.execPath, ['lib/emulator/main.ts'], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: child.stdout })) {
    const [, httpsPort, httpPort] = /https:\/\/localhost:(\d+).*http:\/\/localhost:(\d+)/.exec(line) ?? [];
    if (httpsPort && httpPort) return { httpsPort, httpPort, stop: () => stop(child) };
  }
  throw new Error('The emulator ended before it was ready.');
}

async function stop(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}

/** Follows a sign-in to the authority's page, picks the account, and returns the callback it is sent to. */
export async function pickAccount(location: string, upn: string): Promise<URL> {
  const page = await fetch(location);
  const html = await page.text();
  const body = new URLSearchParams({ login: upn, mfa: 'true' });
  for (const [tag] of html.matchAll(/<input type="hidden"[^>]*>/g)) {
    body.set(/ name="([^"]*)"/.exec(tag)?.[1] ?? '', / value="([^"]*)"/.exec(tag)?.[1] ?? '');
  }
  const action = /<form[^>]* action="([^"]+)"/.exec(html)?.[1];
  if (!action) throw new Error(`The authority shows no form: ${html.replace(/<[^>]*>/g, ' ').slice(0, 300)}`);
  const answer = await fetch(new URL(action, page.url), { method: 'POST', body, redirect: 'manual' });
  return new URL(answer.headers.get('location') ?? '');
}
