'use client';

import { localWords, utcWords } from './moment-words.ts';
import { useAlive } from './use-alive.ts';

/** A moment: UTC from the server, the viewer's zone once the page is alive, UTC on hover. */
export function When({ at, toTheSecond = false }: { at: Date; toTheSecond?: boolean }) {
  const alive = useAlive();
  return (
    <time className="whitespace-nowrap" dateTime={at.toISOString()} title={utcWords(at, true)}>
      {alive ? localWords(at, toTheSecond) : utcWords(at, toTheSecond)}
    </time>
  );
}
