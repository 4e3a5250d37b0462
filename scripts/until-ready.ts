import { setTimeout as pause } from 'node:timers/promises';
import type { Program } from './program.ts';

/** A program that did not become ready; the message carries what it printed. */
export class NotReady extends Error {}

/**
 * Asks `url` until it answers 200.
 * @throws NotReady when the program ends first or the seconds are over, with its output.
 */
export async function untilReady(program: Program, url: string, seconds: number): Promise<void> {
  let said = 'no answer';
  await until(program, seconds, async () => {
    try {
      const answer = await fetch(url, { signal: AbortSignal.timeout(5_000), redirect: 'manual' });
      if (answer.status === 200) return null;
      said = `${answer.status} ${(await answer.text()).slice(0, 500)}`;
    } catch (error) {
      said = error instanceof Error ? error.message : String(error);
    }
    return `${url}: ${said}`;
  });
}

/**
 * Waits until the program has printed `text`.
 * @throws NotReady as `untilReady` does.
 */
export function untilSaid(program: Program, text: string, seconds: number): Promise<void> {
  return until(program, seconds, async () =>
    program.output().includes(text) ? null : `it never said ${text}`,
  );
}

/** Asks `missing` every 100 ms until it answers null. */
async function until(
  program: Program,
  seconds: number,
  missing: () => Promise<string | null>,
): Promise<void> {
  const deadline = Date.now() + seconds * 1000;
  let reason: string | null = '';
  while (program.isRunning() && Date.now() < deadline) {
    reason = await missing();
    if (reason === null) return;
    await pause(100);
  }
  const what = program.isRunning() ? `is not ready after ${seconds} s (${reason})` : 'ended at start';
  throw new NotReady(`The ${program.name} ${what}. It said:\n\n${program.output()}`);
}
