import type { ReactNode } from 'react';
import { Ago } from '#components/ui/ago.tsx';
import { secondsInWords } from '#lib/domain/time.ts';
import type { ChannelRow } from '#lib/queries/delivery-rows.ts';

/** How one way out is doing. */
export function ChannelFacts({ channel, now }: { channel: ChannelRow; now: Date }) {
  const { by, lastSentAt, waiting, failing, dead, p95Seconds } = channel;
  const facts: [string, ReactNode][] = [
    ['By', by],
    ['Last sent', lastSentAt ? <Ago at={lastSentAt} key="at" now={now} /> : 'nothing yet'],
    [
      'Took',
      p95Seconds === null
        ? 'not measured'
        : `${tookWords(p95Seconds)} at most, for 95 of 100 of the last day`,
    ],
    ['Waiting', String(waiting)],
    ['Failing', String(failing)],
    ['Given up', String(dead)],
  ];
  return (
    <dl className="panel grid grid-cols-[7rem_minmax(0,1fr)] gap-x-3 gap-y-1.5 px-4 py-3.5 text-sm">
      {facts.map(([name, fact]) => (
        <div className="contents" key={name}>
          <dt className="text-faint">{name}</dt>
          <dd className="break-words">{fact}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Seconds; below ten with a tenth. */
export function tookWords(seconds: number): string {
  return seconds < 10 ? `${seconds.toFixed(1)} s` : secondsInWords(Math.round(seconds));
}
