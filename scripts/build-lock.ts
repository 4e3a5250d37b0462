import { mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** Not in .next, which a build empties. */
const lock = join(import.meta.dirname, '..', 'node_modules', '.cache', 'stint-build.lock');
const beatMs = 1_000;
const staleMs = 10_000;

/** Runs `work` while no other process of this checkout does. A holder that was killed loses the lock after ten seconds. */
export async function withBuildLock<T>(work: () => Promise<T>): Promise<T> {
  const mine = `${process.pid} ${Date.now()}`;
  while (!take(mine)) {
    stepOverTheDead(mine);
    await pause(200);
  }
  const beat = setInterval(() => utimesSync(lock, new Date(), new Date()), beatMs);
  try {
    return await work();
  } finally {
    clearInterval(beat);
    rmSync(lock, { force: true });
  }
}

function take(mine: string): boolean {
  mkdirSync(dirname(lock), { recursive: true });
  try {
    writeFileSync(lock, mine, { flag: 'wx' });
    return readFileSync(lock, 'utf8') === mine;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

/** A living holder touches the file every second. */
function stepOverTheDead(mine: string): void {
  try {
    if (Date.now() - statSync(lock).mtimeMs < staleMs) return;
    const aside = `${lock}.${mine.replace(' ', '.')}`;
    renameSync(lock, aside);
    rmSync(aside, { force: true });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return;
    throw error;
  }
}
