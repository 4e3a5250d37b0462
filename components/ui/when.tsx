'use client';

import { useSyncExternalStore } from 'react';
import { localWords, utcWords } from './moment-words.ts';

const never = () => () => {};

/** A moment: UTC from the server, the viewer's zone once the page is alive, UTC on hover. */
export function When({ at }: { at: Date }) {
  const alive = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  return (
    <time className="whitespace-nowrap" dateTime={at.toISOString()} title={utcWords(at)}>
      {alive ? localWords(at) : utcWords(at)}
    </time>
  );
}
