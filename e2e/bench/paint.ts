import type { Page } from '@playwright/test';

/**
 * Milliseconds from navigation to the first contentful paint (Paint Timing).
 * @throws Error when the answer has fewer than sixty rows: then the paint would show something else.
 */
export async function firstPaint(page: Page, url: string): Promise<number> {
  const answer = await page.goto(url);
  const rows = (await answer?.text())?.split('<tr').length ?? 0;
  if (rows <= 60) throw new Error(`${url} answered ${answer?.status()} with ${rows - 1} rows.`);
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        new PerformanceObserver((list, observer) => {
          const [paint] = list.getEntriesByName('first-contentful-paint');
          if (!paint) return;
          observer.disconnect();
          resolve(paint.startTime);
        }).observe({ type: 'paint', buffered: true });
      }),
  );
}

/** Milliseconds to the largest contentful paint so far (Largest Contentful Paint). */
export function largestPaint(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        new PerformanceObserver((list) => resolve(list.getEntries().at(-1)?.startTime ?? 0)).observe({
          type: 'largest-contentful-paint',
          buffered: true,
        });
      }),
  );
}
