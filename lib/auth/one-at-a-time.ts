/** Next evaluates this module more than once; the queues must be the same. */
const held = globalThis as { stintQueues?: Map<string, Promise<unknown>> };

/** Runs `work` after every earlier work of the same key in this process has ended, well or not. */
export async function oneAtATime<T>(key: string, work: () => Promise<T>): Promise<T> {
  held.stintQueues ??= new Map();
  const queues = held.stintQueues;
  const turn = (queues.get(key) ?? Promise.resolve()).then(work);
  const settled = turn.catch(() => {});
  queues.set(key, settled);
  try {
    return await turn;
  } finally {
    if (queues.get(key) === settled) queues.delete(key);
  }
}
