'use client';

import { useRouter } from 'next/navigation';
import { useState, useTransition } from 'react';
import { NoNote } from '#components/requests/no-note.tsx';
import type { No } from '#components/requests/use-action.ts';
import { roleAtScopeName } from '#components/roles/role-words.ts';
import type { ActiveRow, EndResult } from '#lib/queries/rows.ts';
import { EndChoices } from './end-choices.tsx';
import { EndRows } from './end-rows.tsx';
import { Popup } from './popup.tsx';
import { StaysValid } from './stays-valid.tsx';
import { othersThan, outlives, ticketsOf } from './tickets-of.ts';
import type { WindowVerbs } from './verbs.ts';

interface Props {
  /** What may be ended; the whole question is about one when there is one. */
  rows: ActiveRow[];
  now: number;
  end: WindowVerbs['endSeveral'];
  onClose: () => void;
}

/** Ends one or several, whole or for one ticket, and says what that leaves. */
export function EndDialog({ rows, now, end, onClose }: Props) {
  const [only] = rows.length === 1 ? rows : [];
  const [chosen, setChosen] = useState<ReadonlySet<string>>(
    () => new Set(only?.requestId ? [only.requestId] : []),
  );
  const [ticket, setTicket] = useState<string | null>(null);
  const [keepFollowOn, setKeepFollowOn] = useState(false);
  const [results, setResults] = useState<EndResult[]>([]);
  const [no, setNo] = useState<No | null>(null);
  const [pending, startTransition] = useTransition();
  const router = useRouter();

  const meant = rows.filter(({ requestId }) => requestId && chosen.has(requestId));
  const ending = meant.filter((row) => ticket === null || othersThan(ticket, row).length === 0);
  const stay = [...new Set(ending.flatMap((row) => outlives(ticket, row) ?? []))];
  const soon = ending.filter(({ endableAt }) => endableAt && endableAt.getTime() > now);

  const choose = (next: string | null) => {
    setTicket(next);
    if (next === null || only) return;
    const ids = rows.filter((row) => ticketsOf(row).some((one) => one.toLowerCase() === next.toLowerCase()));
    setChosen(new Set(ids.flatMap(({ requestId }) => requestId ?? [])));
  };
  const toggle = (id: string) => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    setTicket(null);
    setChosen(next);
  };
  const send = () => {
    if (pending || meant.length === 0) return;
    setNo(null);
    startTransition(async () => {
      const ends = meant.map(({ requestId }) => ({ requestId: requestId ?? '', ticketNumber: ticket }));
      const answer = await end({ ends, soonest: true, keepFollowOn }).catch(() => null);
      router.refresh();
      if (!answer?.ok) return setNo(answer ?? 'silence');
      const refused = answer.value.filter(({ refusal }) => refusal);
      setResults(refused);
      if (refused.length === 0) onClose();
    });
  };

  return (
    <Popup onClose={onClose} title={only ? `End ${roleAtScopeName(only)}` : 'End several'}>
      <div className="mt-3 grid grid-cols-1 gap-3.5">
        <EndChoices choose={choose} only={only ?? null} rows={rows} ticket={ticket} />
        {!only && <EndRows chosen={chosen} onToggle={toggle} results={results} rows={rows} ticket={ticket} />}
        {only && results[0]?.refusal && (
          <p className="text-sm text-warn" role="alert">
            {results[0].refusal.message}
          </p>
        )}
        {stay.length > 0 && (
          <p className="text-sm text-soft">
            What is to follow was asked for {stay.join(' and ')}, and stays asked for.
          </p>
        )}
        {ending.some((row) => row.followOn && !outlives(ticket, row)) && (
          <label className="flex items-start gap-2 text-sm">
            <input
              checked={!keepFollowOn}
              className="check mt-0.5"
              onChange={(event) => setKeepFollowOn(!event.target.checked)}
              type="checkbox"
            />
            Cancel what was asked for to follow, too
          </label>
        )}
        {soon.length > 0 && <TooSoon rows={soon} />}
        <StaysValid />
        <NoNote no={no} />
        <div className="flex flex-wrap items-center gap-2">
          <button
            aria-busy={pending}
            aria-disabled={pending || meant.length === 0}
            className="btn btn-go"
            onClick={send}
            type="button"
          >
            {labelOf(meant.length, ending.length, soon.length)}
          </button>
          <button className="btn" onClick={onClose} type="button">
            Leave {rows.length === 1 ? 'it' : 'them'} on
          </button>
        </div>
      </div>
    </Popup>
  );
}

const time = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });

function TooSoon({ rows }: { rows: ActiveRow[] }) {
  const last = new Date(Math.max(...rows.map(({ endableAt }) => endableAt?.getTime() ?? 0)));
  return (
    <p className="text-sm text-soft">
      Azure keeps an activation for at least five minutes:{' '}
      {rows.length === 1 ? 'this one ends' : `${rows.length} of them end`} as soon as Azure allows, at{' '}
      <time dateTime={last.toISOString()}>{time.format(last)}</time>. You need not stay.
    </p>
  );
}

function labelOf(meant: number, ending: number, soon: number): string {
  if (meant === 0) return 'End';
  if (ending === 0) return 'Done with this ticket';
  const what = meant === 1 ? '' : ` ${meant} roles`;
  return soon === ending ? `End${what} as soon as possible` : `End${what} now`;
}
