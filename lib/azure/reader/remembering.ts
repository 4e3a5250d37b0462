import type { GraphCalls } from '#lib/azure/graph/calls.ts';
import type { ReaderCalls } from './calls.ts';

const keptMilliseconds = 10 * 60_000;

/**
 * The same calls, each whole answer asked for once in ten minutes: policies name the same approvers again and again.
 * Pages of a list are always asked for anew, and a failure is not remembered.
 */
export function remembering(calls: ReaderCalls, now: () => number = Date.now): ReaderCalls {
  let answers = new Map<string, Promise<unknown>>();
  let since = now();
  function once<T>(key: string, ask: () => Promise<T>): Promise<T> {
    if (now() - since > keptMilliseconds) {
      answers = new Map();
      since = now();
    }
    const known = answers.get(key);
    // The key holds the method and the path, and with them the type of the answer.
    if (known) return known as Promise<T>;
    const asked = ask();
    answers.set(key, asked);
    asked.catch(() => answers.delete(key));
    return asked;
  }
  return {
    ...calls,
    async graph(): Promise<GraphCalls> {
      const graph = await calls.graph();
      return {
        ...graph,
        get: (path) => once(`get ${path}`, () => graph.get(path)),
        list: (path) => once(`list ${path}`, () => graph.list(path)),
      };
    },
  };
}
