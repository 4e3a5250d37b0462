'use client';

import dynamic from 'next/dynamic';
import Link from 'next/link';
import { useId } from 'react';
import { NoNote } from '#components/requests/no-note.tsx';
import { useAction } from '#components/requests/use-action.ts';
import { RoleName } from '#components/roles/role-name.tsx';
import { roleAtScopeName } from '#components/roles/role-words.ts';
import { When } from '#components/ui/when.tsx';
import { WindowBar } from '#components/ui/window-bar.tsx';
import { Usable } from '#components/usable/usable.tsx';
import type { Question } from '#components/window/dialogs.tsx';
import { followOnWords, joinedWindow } from '#components/window/joined.ts';
import { LineActions } from '#components/window/line-actions.tsx';
import { ticketName } from '#components/window/tickets-of.ts';
import type { WindowVerbs } from '#components/window/verbs.ts';
import type { Outcome } from '#lib/domain/refusal.ts';
import type { ActiveRow } from '#lib/queries/rows.ts';
import { leftWords } from './countdown.ts';

const StepUpButton = dynamic(() =>
  import('#components/step-up/step-up-button.tsx').then((file) => file.StepUpButton),
);

interface Props {
  row: ActiveRow;
  /** The server's time, in milliseconds. */
  current: number;
  verbs: Pick<WindowVerbs, 'end' | 'callOff'>;
  ask: (question: Question) => void;
  now: Date;
  probe: (requestId: string) => Promise<Outcome<null>>;
}

/** One role that is on: why, for how long yet, what follows, and what can be done about it. */
export function ActiveLine({ row, current, verbs, ask, now, probe }: Props) {
  const nameId = useId();
  const id = row.requestId ?? '';
  const end = useAction(() => verbs.end(id));
  const callOff = useAction(() => verbs.callOff(id));
  const following = followOnWords(row);
  return (
    <tr>
      <td>
        <div className="grid gap-x-6 gap-y-1.5 sm:grid-cols-[minmax(0,1.3fr)_minmax(0,1fr)_220px] sm:items-center">
          <div id={nameId}>
            <RoleName role={row} />
            {row.requestId && row.activeAt && row.status === 'active' && (
              <Usable
                {...row}
                activeAt={row.activeAt}
                ask={probe}
                now={now}
                requestId={row.requestId}
                role={row}
              />
            )}
          </div>
          <Why row={row} />
          <div>
            <WindowBar {...joinedWindow(row, current)} />
            <Ends current={current} row={row} />
            {following && <p className="mt-0.5 text-faint text-xs">{following}</p>}
          </div>
        </div>
        {row.failure && <p className="mt-1 text-sm text-warn">{row.failure}</p>}
        {(end.no ?? callOff.no) && (
          <div className="mt-2">
            <NoNote no={end.no ?? callOff.no} />
          </div>
        )}
      </td>
      <td className="w-[84px] text-right sm:w-[168px]">
        {row.stepUp && row.requestId && (
          <StepUpButton
            ask={row.stepUp}
            look="btn btn-small btn-go mb-1"
            name={roleAtScopeName(row)}
            requestId={row.requestId}
          />
        )}
        <LineActions ask={ask} callOff={callOff} current={current} end={end} nameId={nameId} row={row} />
      </td>
    </tr>
  );
}

function Ends({ row: { status, endAfter, endableAt }, current }: Pick<Props, 'row' | 'current'>) {
  if (status !== 'active') return null;
  if (endAfter)
    return (
      <p className="mt-0.5 text-warn text-xs">
        ends as soon as Azure allows, at <When at={endAfter} />
      </p>
    );
  if (!endableAt || endableAt.getTime() <= current) return null;
  return (
    <p className="mt-0.5 text-faint text-xs">can be ended in {leftWords(endableAt.getTime() - current)}</p>
  );
}

function Why({ row }: { row: ActiveRow }) {
  const why = [row.ticketNumber, row.justification].filter(Boolean).join(' · ');
  if (!row.requestId) return <p className="text-sm text-soft">activated outside Stint</p>;
  return (
    <p className="line-clamp-2 text-sm text-soft" title={why}>
      <Link className="hover:underline" href={`/requests/${row.requestId}`} prefetch={false}>
        {isForMore(row) ? <Tickets needs={row.needs} /> : why || 'Its story'}
        <span className="sr-only">, the request for {roleAtScopeName(row)}</span>
      </Link>
    </p>
  );
}

/** Only what it was asked for: the reason says more than the ticket. */
function isForMore({ needs, ticketNumber }: ActiveRow): boolean {
  return needs.some((need) => need.ticketNumber !== ticketNumber);
}

/** What it is on for, each with its time, a line each: `CHG1 until 14:00`. */
function Tickets({ needs }: Pick<ActiveRow, 'needs'>) {
  return needs.map(({ ticketNumber, until }) => (
    <span className="block" key={ticketNumber}>
      {ticketName(ticketNumber)} until <When at={until} />
    </span>
  ));
}
