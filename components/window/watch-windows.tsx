'use client';

import { useEffect, useRef } from 'react';
import { roleTitle } from '#components/roles/role-words.ts';
import type { RunningWindow } from '#lib/queries/rows.ts';
import { remindAt, titleWords } from './remind-at.ts';

interface Props {
  windows: RunningWindow[];
  now: Date;
}

/** Counts down what ends first in the tab's title, and reminds before the end. Nothing is drawn for it. */
export function WatchWindows({ windows, now }: Props) {
  const servedAt = now.getTime();
  const reminded = useRef(new Set<string>());
  useEffect(() => {
    const ahead = servedAt - Date.now();
    let own = document.title;
    let ours: string | null = null;
    const tick = () => {
      const current = Date.now() + ahead;
      // The page's own title is whatever we did not write.
      if (document.title !== ours) own = document.title;
      const on = windows.filter(({ endsAt }) => endsAt.getTime() > current);
      const [first] = on;
      ours = first
        ? `${titleWords(first.endsAt.getTime() - current)} · ${roleTitle(first).main} · Stint`
        : null;
      document.title = ours ?? own;
      for (const one of on) {
        if (one.isFollowed || current < remindAt(one) || reminded.current.has(one.id)) continue;
        reminded.current.add(one.id);
        import('./remind.ts').then(({ remind }) => remind(one, one.endsAt.getTime() - current));
      }
    };
    tick();
    const timer = setInterval(tick, 1000);
    return () => {
      clearInterval(timer);
      if (document.title === ours) document.title = own;
    };
  }, [windows, servedAt]);
  return null;
}
