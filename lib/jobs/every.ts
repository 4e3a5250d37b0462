import { log } from '#lib/log.ts';

/** Repeats a round with a pause between; a round that fails is logged and comes again. */
export function every(
  pauseMs: number,
  name: string,
  round: () => Promise<unknown>,
): { stop(): Promise<void> } {
  let stopped = false;
  let wake: () => void = () => {};
  const loop = (async () => {
    while (!stopped) {
      await round().catch((error: unknown) => log.warn({ err: error, round: name }, 'round failed'));
      if (stopped) return;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, pauseMs);
        timer.unref();
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  })();
  return {
    stop: () => {
      stopped = true;
      wake();
      return loop;
    },
  };
}
