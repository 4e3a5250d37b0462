/** How often a fault is played: a few times in every test run, in full by `npm run bench:faults`, which prints the counts. */
import type { TestContext } from 'vitest';

/** One line of the table of faults. */
interface FaultCount {
  /** K1, K3 … of the reliability matrix, and what was done in it. */
  row: string;
  what: string;
  rounds: number;
}

declare module 'vitest' {
  interface TaskMeta {
    faults?: FaultCount[];
  }
}

/** By STINT_FAULTS: `full` is all of it, a number is no more than that, and else it is `quick`. */
export function rounds({ quick, full }: { quick: number; full: number }): number {
  const asked = process.env.STINT_FAULTS;
  return asked === 'full' ? full : Math.min(full, Number(asked) || quick);
}

/** Notes what a test has played to its end, for the table: call it last, when all of it held. */
export function played({ task }: Pick<TestContext, 'task'>, row: string, what: string, count: number): void {
  task.meta.faults = [...(task.meta.faults ?? []), { row, what, rounds: count }];
}
