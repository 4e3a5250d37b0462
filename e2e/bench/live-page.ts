import { serveAskingLive } from './ask-live.ts';
import { type Measurement, median } from './measurement.ts';
import { firstPaint } from './paint.ts';
import { withReadyPortal } from './ready-portal.ts';

const latencyMs = 300;

/** P1b: the first paint with the rows in it, while each answer of Azure takes 300 ms. */
export const livePage: Measurement = {
  ids: ['P1b'],
  title: 'my access beside a page that asks Azure live',
  measure: (options) =>
    withReadyPortal('pglite', options, async ({ stint, emulator, browser, ada }) => {
      const live = await serveAskingLive(emulator.origin, 'ada.lind');
      await emulator.latency(latencyMs);
      const page = await browser.newPage();
      const paints = { ours: [] as number[], live: [] as number[] };
      try {
        await firstPaint(ada, stint.origin);
        await firstPaint(page, live.url);
        for (let round = 1; round <= options.repeats; round++) {
          paints.ours.push(await firstPaint(ada, stint.origin));
          paints.live.push(await firstPaint(page, live.url));
          const [mine, theirs] = [paints.ours.at(-1), paints.live.at(-1)];
          options.say(`P1b ${round}: first paint after ${mine?.toFixed(0)} and ${theirs?.toFixed(0)} ms`);
        }
      } finally {
        await live.stop();
      }
      const [ours, yardstick] = [median(paints.ours), median(paints.live)];
      const ratio = yardstick / ours;
      return [
        {
          ...{ id: 'P1b', work: 'first paint of my access', ours, yardstick, unit: 'ms', ratio },
          beside: `page asking Azure live, ${latencyMs} ms each`,
          ...{ target: '≥ 10 × faster', met: ratio >= 10 },
        },
      ];
    }),
};
