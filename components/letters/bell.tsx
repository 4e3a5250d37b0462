'use client';

import { Bell as BellIcon } from 'lucide-react';
import Link from 'next/link';
import { useEffect, useRef, useState } from 'react';
import { listenBeside } from '#components/live/stream.ts';
import type { LetterNews } from '#lib/queries/letter-rows.ts';
import { showLetters } from './show-letters.ts';

interface Props {
  unread: number;
  /** Some letters are to be shown by the browser itself, also while another window is looked at. */
  browser: boolean;
}

/** How many letters are unread, on every page, and the way to them. Counted by the portal: no delivery is needed for it. */
export function Bell({ unread, browser }: Props) {
  const [news, setNews] = useState({ was: unread, count: unread });
  // A page read anew knows better than what was told before.
  if (news.was !== unread) setNews({ was: unread, count: unread });
  const seen = useRef<Set<string> | null>(null);
  useEffect(() => {
    const look = async () => {
      const told = await fetch('/api/letters').catch(() => null);
      if (!told?.ok) return;
      const { unread: count, latest } = (await told.json()) as LetterNews;
      setNews(({ was }) => ({ was, count }));
      if (browser && seen.current) showLetters(latest.filter(({ id }) => !seen.current?.has(id)));
      seen.current = new Set([...(seen.current ?? []), ...latest.map(({ id }) => id)]);
    };
    return listenBeside(look, { whileHidden: browser });
  }, [browser]);
  const { count } = news;
  return (
    <Link
      className="relative grid size-8 place-items-center rounded-md border border-line-2 text-faint hover:bg-wash"
      href="/notifications"
      prefetch={false}
    >
      <BellIcon aria-hidden="true" className="size-3.5" />
      <span className="sr-only">Notifications{count > 0 ? `, ${inWords(count)} unread` : ''}</span>
      {count > 0 && (
        <span
          aria-hidden="true"
          className="-top-1.5 -right-1.5 absolute min-w-4 rounded-full bg-accent px-1 text-center font-semibold text-[10px] text-accent-ink leading-4"
        >
          {inWords(count)}
        </span>
      )}
    </Link>
  );
}

const inWords = (count: number) => (count > 99 ? '99+' : String(count));
