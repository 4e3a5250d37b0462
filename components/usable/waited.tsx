'use client';

import { useNow } from '#components/ui/use-now.ts';
import { secondsInWords } from '#lib/domain/time.ts';
import type { Speed } from '#lib/domain/usable.ts';
import { sourceWords, speedWords } from './speed-words.ts';

/** How long it usually takes, and how long it has taken so far. */
export function Waited({ since, now, speed }: { since: Date; now: Date; speed: Speed | null }) {
  const waited = (useNow(now) - since.getTime()) / 1000;
  return (
    <span className="whitespace-nowrap text-faint text-xs">
      {speed && <span title={sourceWords(speed)}>{speedWords(speed)} · </span>}
      {secondsInWords(waited)} so far
    </span>
  );
}
