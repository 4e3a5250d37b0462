'use client';

import Link from 'next/link';
import { useId } from 'react';
import { ActionButton } from '#components/requests/action-button.tsx';
import { RoleName } from '#components/roles/role-name.tsx';
import { roleAtScopeName } from '#components/roles/role-words.ts';
import { Section } from '#components/ui/section.tsx';
import { useNow } from '#components/ui/use-now.ts';
import { WindowBar } from '#components/ui/window-bar.tsx';
import type { Outcome } from '#lib/domain/refusal.ts';
import type { ActiveRow } from '#lib/queries/rows.ts';
import { countdown, leftWords } from './countdown.ts';

interface Props {
  rows: ActiveRow[];
  /** Azure was never read: then nothing on is not known, only nothing heard of. */
  known: boolean;
  now: Date;
  end: (requestId: string) => Promise<Outcome<null>>;
}

/** What is on, and for how long yet. */
export function ActiveNow({ rows, known, now, end }: Props) {
  const current = useNow(now);
  const aside =
    rows.length === 0
      ? null
      : `${rows.length} ${rows.length === 1 ? 'role' : 'roles'} · everything else is off`;
  return (
    <Section aside={aside} title="Active now">
      {rows.length === 0 ? (
        <p className="panel px-4 py-3 text-soft">
          {known
            ? 'Nothing is on. That is how it should be between tasks.'
            : 'Not known yet: Azure has not been read.'}
        </p>
      ) : (
        <div className="panel">
          <table className="list-table">
            <thead className="sr-only">
              <tr>
                <th scope="col">Role and time left</th>
                <th scope="col">End it</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <Line current={current} end={end} key={row.key} row={row} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Section>
  );
}

function Line({ row, current, end }: { row: ActiveRow; current: number; end: Props['end'] }) {
  const nameId = useId();
  const { requestId } = row;
  const why = [row.ticketNumber, row.justification].filter(Boolean).join(' · ');
  return (
    <tr>
      <td>
        <div className="grid gap-x-6 gap-y-1.5 sm:grid-cols-[minmax(0,1.3fr)_minmax(0,1fr)_220px] sm:items-center">
          <div id={nameId}>
            <RoleName role={row} />
          </div>
          <div className="line-clamp-2 text-sm text-soft" title={why}>
            {requestId ? (
              <Link className="hover:underline" href={`/requests/${requestId}`} prefetch={false}>
                {why || 'Its story'}
                <span className="sr-only">, the request for {roleAtScopeName(row)}</span>
              </Link>
            ) : (
              'activated outside Stint'
            )}
          </div>
          <div>
            <WindowBar {...countdown(row.startsAt, row.endsAt, current)} />
            <Floor at={row.endableAt} current={current} />
          </div>
        </div>
        {row.failure && <p className="mt-1 text-sm text-warn">{row.failure}</p>}
      </td>
      <td className="w-[84px] text-right">
        {row.status === 'ending' ? <span className="text-sm text-soft">Ending…</span> : null}
        {row.status === 'active' && requestId && (
          <ActionButton describedBy={nameId} label="End" run={() => end(requestId)} />
        )}
      </td>
    </tr>
  );
}

/** PIM keeps an activation for five minutes; until then the button is there, and this says why it will not do. */
function Floor({ at, current }: { at: Date | null; current: number }) {
  if (!at || at.getTime() <= current) return null;
  return <p className="mt-0.5 text-faint text-xs">can be ended in {leftWords(at.getTime() - current)}</p>;
}
