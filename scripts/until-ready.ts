import { setTimeout as pause } from 'node:timers/promises';
import type { Program } from './program.ts';

/** A program that did not become ready; the message carries what it printed. */
export class NotReady extends Error {}

/**
 * Asks `url` until it answers 200.
 * @throws NotReady when the program ends first or the seconds are over, with its output.
 */
export async function untilReady(program: Program, url: string, seconds: number): Promise<void> {
  const deadline = Date.now() + seconds * 1000;
  let said = 'no answer';
  while (program.isRunning() && Date.now() < deadline) {
    try {
      const answer = await fetch(url, { signal: AbortSignal.timeout(5_000), redirect: 'manual' });
      if (answer.status === 200) return;
      said = `${answer.status} ${(await answer.text()).slice(0, 500)}`;
    } catch (error) {
      said = error instanceof Error ? error.message : String(error);
    }
    await pause(100);
  }
  const what = program.isRunning() ? `is not ready after ${seconds} s (${url}: ${said})` : 'ended at start';
  throw new NotReady(`The ${program.name} ${what}. It said:\n\n${program.output()}`);
}
