'use client';

import Link from 'next/link';
import { useId } from 'react';
import { NoNote } from '#components/requests/no-note.tsx';
import { useAction } from '#components/requests/use-action.ts';
import { RoleName } from '#components/roles/role-name.tsx';
import { roleAtScopeName } from '#components/roles/role-words.ts';
import { WindowBar } from '#components/ui/window-bar.tsx';
import { Usable } from '#components/usable/usable.tsx';
import type { Outcome } from '#lib/domain/refusal.ts';
import type { ActiveRow } from '#lib/queries/rows.ts';
import { countdown, leftWords } from './countdown.ts';

interface Props {
  row: ActiveRow;
  /** The server's time, in milliseconds. */
  current: number;
  end: (requestId: string) => Promise<Outcome<null>>;
  now: Date;
  probe: (requestId: string) => Promise<Outcome<null>>;
}

/** One role that is on: why, for how long yet, and the way to end it. */
export function ActiveLine({ row, current, end, now, probe }: Props) {
  const nameId = useId();
  const { requestId, endableAt } = row;
  const { no, pending, press } = useAction(() => end(requestId ?? ''));
  return (
    <tr>
      <td>
        <div className="grid gap-x-6 gap-y-1.5 sm:grid-cols-[minmax(0,1.3fr)_minmax(0,1fr)_220px] sm:items-center">
          <div id={nameId}>
            <RoleName role={row} />
            {requestId && row.activeAt && row.status === 'active' && (
              <Usable
                {...row}
                activeAt={row.activeAt}
                ask={probe}
                now={now}
                requestId={requestId}
                role={row}
              />
            )}
          </div>
          <Why row={row} />
          <div>
            <WindowBar {...countdown(row.startsAt, row.endsAt, current)} />
            {row.status === 'active' && endableAt && endableAt.getTime() > current && (
              <p className="mt-0.5 text-faint text-xs">
                can be ended in {leftWords(endableAt.getTime() - current)}
              </p>
            )}
          </div>
        </div>
        {row.failure && <p className="mt-1 text-sm text-warn">{row.failure}</p>}
        {no && (
          <div className="mt-2">
            <NoNote no={no} />
          </div>
        )}
      </td>
      <td className="w-[84px] text-right">
        {row.status === 'ending' && <span className="text-sm text-soft">Ending…</span>}
        {row.status === 'active' && requestId && (
          <button
            aria-busy={pending}
            aria-describedby={nameId}
            aria-disabled={pending}
            className="btn btn-small"
            onClick={press}
            type="button"
          >
            End
          </button>
        )}
      </td>
    </tr>
  );
}

function Why({ row }: { row: ActiveRow }) {
  const why = [row.ticketNumber, row.justification].filter(Boolean).join(' · ');
  if (!row.requestId) return <p className="text-sm text-soft">activated outside Stint</p>;
  return (
    <p className="line-clamp-2 text-sm text-soft" title={why}>
      <Link className="hover:underline" href={`/requests/${row.requestId}`} prefetch={false}>
        {why || 'Its story'}
        <span className="sr-only">, the request for {roleAtScopeName(row)}</span>
      </Link>
    </p>
  );
}
