import { expect, test } from 'vitest';
import type { RunningWindow } from '#lib/queries/rows.ts';
import { entitle, type KeptTitle } from './entitle.ts';

const now = Date.parse('2026-11-23T12:00:00Z');
const window = {
  ...{ plane: 'entra', roleName: 'User Administrator', scopeName: 'Directory', scopeKind: 'directory' },
  endsAt: new Date(now + 30 * 60_000),
} as RunningWindow;

/** A page whose title counts how often it is written. */
function page(own: string) {
  let title = own;
  return {
    written: 0,
    get title() {
      return title;
    },
    set title(words: string) {
      this.written += 1;
      title = words;
    },
  };
}

test('the time left stands in the title while something is on, and the page’s own comes back', () => {
  const [tab, kept]: [ReturnType<typeof page>, KeptTitle] = [page('Access'), { own: '', ours: null }];
  entitle(tab, kept, window, now);
  expect(tab.title).toMatch(/30.*User Administrator · Stint/);
  entitle(tab, kept, undefined, now);
  expect(tab.title).toBe('Access');
});

test('another page’s title is kept for its return', () => {
  const [tab, kept]: [ReturnType<typeof page>, KeptTitle] = [page('Access'), { own: '', ours: null }];
  entitle(tab, kept, window, now);
  tab.title = 'Requests';
  entitle(tab, kept, window, now);
  entitle(tab, kept, undefined, now);
  expect(tab.title).toBe('Requests');
});

test('nothing is written where nothing is on, and nothing between two pages, when there is no title', () => {
  const quiet = page('Access');
  entitle(quiet, { own: '', ours: null }, undefined, now);
  const between = page('');
  entitle(between, { own: 'Access', ours: null }, undefined, now);
  entitle(between, { own: 'Access', ours: '29 min · Stint' }, window, now);
  expect([quiet.written, between.written]).toEqual([0, 0]);
});
