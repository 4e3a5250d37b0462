import { monitorEventLoopDelay } from 'node:perf_hooks';

const resolutionMs = 10;
const held = globalThis as { stintEventLoop?: ReturnType<typeof monitorEventLoopDelay> };

/**
 * The longest that this process kept everybody waiting since this was last asked, in seconds (Node, perf_hooks); the
 * first time it is asked it begins to watch.
 */
export function longestStall(): number {
  held.stintEventLoop ??= monitorEventLoopDelay({ resolution: resolutionMs });
  held.stintEventLoop.enable();
  const { max } = held.stintEventLoop;
  held.stintEventLoop.reset();
  return Math.max(0, max / 1e9 - resolutionMs / 1000);
}
