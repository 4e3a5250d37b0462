'use client';

import { usePathname } from 'next/navigation';
import { useEffect, useLayoutEffect, useRef } from 'react';
import type { RunningWindow } from '#lib/queries/rows.ts';
import { entitle, type KeptTitle } from './entitle.ts';
import { remindAt } from './remind-at.ts';

interface Props {
  windows: RunningWindow[];
  now: Date;
}

/** Counts down what ends first in the tab's title, and reminds before the end. Nothing is drawn for it. */
export function WatchWindows({ windows, now }: Props) {
  const servedAt = now.getTime();
  const title = useRef<KeptTitle>({ own: '', ours: null });
  const reminded = useRef(new Set<string>());
  // Drawn anew with every page: see below.
  usePathname();

  // A new page, or news on it, is announced to screen readers by the title: its own, not a countdown.
  useLayoutEffect(() => {
    const { own, ours } = title.current;
    if (ours !== null && document.title === ours) document.title = own;
  });

  useEffect(() => {
    const ahead = servedAt - Date.now();
    const tick = () => {
      const current = Date.now() + ahead;
      const on = windows.filter(({ endsAt }) => endsAt.getTime() > current);
      entitle(document, title.current, on[0], current);
      for (const one of on) {
        if (one.isFollowed || current < remindAt(one) || reminded.current.has(one.id)) continue;
        reminded.current.add(one.id);
        import('./remind.ts').then(({ remind }) => remind(one, one.endsAt.getTime() - current));
      }
    };
    const timer = setInterval(tick, 1000);
    return () => clearInterval(timer);
  }, [windows, servedAt]);

  useEffect(() => {
    const kept = title.current;
    return () => {
      if (kept.ours !== null && document.title === kept.ours) document.title = kept.own;
    };
  }, []);
  return null;
}
