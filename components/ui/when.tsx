'use client';

import { useSyncExternalStore } from 'react';
import { localWords, utcWords } from './moment-words.ts';

const never = () => () => {};

/** A moment: UTC from the server, the viewer's zone once the page is alive, UTC on hover. */
export function When({ at, toTheSecond = false }: { at: Date; toTheSecond?: boolean }) {
  const alive = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  return (
    <time className="whitespace-nowrap" dateTime={at.toISOString()} title={utcWords(at, true)}>
      {alive ? localWords(at, toTheSecond) : utcWords(at, toTheSecond)}
    </time>
  );
}
