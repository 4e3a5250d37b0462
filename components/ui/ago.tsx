'use client';

import { agoWords } from './ago-words.ts';
import { utcWords } from './moment-words.ts';
import { useNow } from './use-now.ts';

/** How long ago (or until) a moment is, ticking with the server's clock; UTC on hover. */
export function Ago({ at, now }: { at: Date; now: Date }) {
  const current = useNow(now);
  return (
    <time className="whitespace-nowrap" dateTime={at.toISOString()} title={utcWords(at)}>
      {agoWords(at.getTime(), current)}
    </time>
  );
}
