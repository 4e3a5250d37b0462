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

/** `full` when all of it was asked for (STINT_FAULTS=full), else `quick`. */
export function rounds({ quick, full }: { quick: number; full: number }): number {
  return process.env.STINT_FAULTS === 'full' ? full : quick;
}

/** Notes what a test has played to its end, for the table: call it last, when all of it held. */
export function played({ task }: Pick<TestContext, 'task'>, row: string, what: string, count: number): void {
  task.meta.faults = [...(task.meta.faults ?? []), { row, what, rounds: count }];
}
