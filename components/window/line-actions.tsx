'use client';

import type { useAction } from '#components/requests/use-action.ts';
import type { ActiveRow } from '#lib/queries/rows.ts';
import type { Question } from './dialogs.tsx';
import { ticketsOf } from './tickets-of.ts';

interface Props {
  row: ActiveRow;
  nameId: string;
  current: number;
  end: ReturnType<typeof useAction>;
  callOff: ReturnType<typeof useAction>;
  ask: (question: Question) => void;
}

/** What can be done about a running window. Ending it is one press where there is nothing to choose. */
export function LineActions({ row, nameId, current, end, callOff, ask }: Props) {
  const { requestId: id, status, endAfter, extension } = row;
  if (status === 'ending') return <span className="text-sm text-soft">Ending…</span>;
  if (!id) return null;
  if (endAfter) return <Verb label="Keep it on" nameId={nameId} verb={callOff} />;
  const isTooSoon = row.endableAt !== null && row.endableAt.getTime() > current;
  const hasChoices = isTooSoon || row.followOn !== null || ticketsOf(row).length > 1;
  return (
    <div className="flex flex-wrap justify-end gap-1.5">
      {extension && (
        <button
          aria-describedby={nameId}
          className="btn btn-small"
          onClick={() => ask({ about: 'extend', id })}
          type="button"
        >
          Extend
        </button>
      )}
      {hasChoices ? (
        <button
          aria-describedby={nameId}
          className="btn btn-small"
          onClick={() => ask({ about: 'end', id })}
          type="button"
        >
          End
        </button>
      ) : (
        <Verb label="End" nameId={nameId} verb={end} />
      )}
    </div>
  );
}

interface VerbProps {
  label: string;
  nameId: string;
  verb: ReturnType<typeof useAction>;
}

function Verb({ label, nameId, verb: { pending, press } }: VerbProps) {
  return (
    <button
      aria-busy={pending}
      aria-describedby={nameId}
      aria-disabled={pending}
      className="btn btn-small"
      onClick={press}
      type="button"
    >
      {label}
    </button>
  );
}
