import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { listen, listenBeside } from './stream.ts';

/** The browser's end of the stream; the server says `changed` as it opens. */
const opened: { changed: () => void; closed: boolean }[] = [];

beforeEach(() => {
  opened.length = 0;
  vi.useFakeTimers();
  vi.stubGlobal('document', { hidden: false, addEventListener() {}, removeEventListener() {} });
  vi.stubGlobal(
    'EventSource',
    class {
      own = { changed: () => {}, closed: false };
      constructor() {
        opened.push(this.own);
      }
      addEventListener(_: 'changed', hear: () => void) {
        this.own.changed = hear;
      }
      close() {
        this.own.closed = true;
      }
    },
  );
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('a page that begins to listen while the stream is open looks once: what changed before was told to nobody', () => {
  const [page, bell] = [vi.fn(), vi.fn()];
  const stops = [listenBeside(bell, { whileHidden: false })];
  opened[0]?.changed();
  vi.runAllTimers();
  expect([bell.mock.calls.length, page.mock.calls.length]).toEqual([1, 0]);
  stops.push(listen(page));
  vi.runAllTimers();
  expect(page).toHaveBeenCalledTimes(1);
  opened[0]?.changed();
  vi.runAllTimers();
  expect(page).toHaveBeenCalledTimes(2);
  for (const stop of stops) stop();
  expect(opened.map(({ closed }) => closed)).toEqual([true]);
});

test('what changes in a row is answered when it pauses, and now and then where it does not', () => {
  const page = vi.fn();
  const stop = listen(page);
  const hears = (ms: number) => {
    opened[0]?.changed();
    vi.advanceTimersByTime(ms);
  };
  for (let at = 0; at < 5; at += 1) hears(50);
  expect(page).toHaveBeenCalledTimes(0);
  vi.advanceTimersByTime(100);
  expect(page).toHaveBeenCalledTimes(1);
  for (let at = 0; at < 40; at += 1) hears(50);
  expect(page.mock.calls.length).toBeGreaterThanOrEqual(5);
  expect(page.mock.calls.length).toBeLessThanOrEqual(6);
  stop();
});

test('a page that listens before the stream has begun is told by the server, and not by itself as well', () => {
  const page = vi.fn();
  const stops = [listenBeside(vi.fn(), { whileHidden: false }), listen(page)];
  vi.runAllTimers();
  expect(page).not.toHaveBeenCalled();
  opened[0]?.changed();
  vi.runAllTimers();
  expect(page).toHaveBeenCalledTimes(1);
  for (const stop of stops) stop();
});
