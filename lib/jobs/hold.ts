/**
 * A job is its worker's for as long as the queue hears of it. A process that stood still (stopped, swapped out,
 * a machine asleep) may have lost what it had in hand to another without knowing: such a job does nothing more.
 */
import { AsyncLocalStorage } from 'node:async_hooks';

/** A job's heartbeat (`db/queue.ts`) is told twice in its time: half of it later it may be missed. */
const longestStillMs = 5_000;

const inHand = new AsyncLocalStorage<{ stills: number }>();
let stills = 0;
let lastMs = Date.now();
let jobs = 0;

/** Notices that this process stood still since it was last asked. */
function notice(): void {
  const now = Date.now();
  if (now - lastMs > longestStillMs) stills++;
  lastMs = now;
}

/** Runs a job in this process' hand. */
export async function holding<T>(job: () => Promise<T>): Promise<T> {
  const watch = setInterval(notice, 1_000);
  watch.unref();
  if (jobs === 0) lastMs = Date.now();
  notice();
  jobs++;
  try {
    return await inHand.run({ stills }, job);
  } finally {
    jobs--;
    clearInterval(watch);
  }
}

/** Asked before every call to Azure and every write of a job. @throws Error when it may be another's by now. */
export function requireHold(): void {
  notice();
  const mine = inHand.getStore();
  if (mine && mine.stills !== stills)
    throw new Error('This process stood still for a while: the job may be in other hands by now.');
}

/** How many jobs this process has in hand. */
export function jobsInHand(): number {
  return jobs;
}
