import { ActionButton } from '#components/requests/action-button.tsx';
import type { Outcome } from '#lib/domain/refusal.ts';
import type { ChangeRow } from '#lib/queries/applier-rows.ts';
import { ChangeLine } from './change-line.tsx';

interface Props {
  now: Date;
  rows: ChangeRow[];
  release: (ids: string[]) => Promise<Outcome<null>>;
  withdraw: (id: string) => Promise<Outcome<null>>;
  undo: (id: string) => Promise<Outcome<null>>;
}

/** Changes of access, newest first, each with what became of it and what can be done about it. */
export function ChangeList({ now, rows, release, withdraw, undo }: Props) {
  const held = rows.filter(({ can }) => can.release).map(({ id }) => id);
  return (
    <>
      {held.length > 1 && (
        <div className="mb-3">
          <ActionButton label={`Release all ${held.length} held here`} run={release.bind(null, held)} />
        </div>
      )}
      <ul aria-label="Changes" className="panel divide-y divide-line px-3.5">
        {rows.map((row) => (
          <li
            className="grid gap-x-6 gap-y-2 py-3 text-sm md:grid-cols-[minmax(0,1fr)_minmax(0,1.3fr)_11rem] md:items-start"
            key={row.id}
          >
            <ChangeLine now={now} row={row} />
            <div className="flex flex-wrap gap-2 md:justify-end">
              {row.can.release && (
                <ActionButton label="Release" look="btn btn-small" run={release.bind(null, [row.id])} />
              )}
              {row.can.tryAgain && (
                <ActionButton label="Try again" look="btn btn-small" run={release.bind(null, [row.id])} />
              )}
              {row.can.withdraw && (
                <ActionButton label="Withdraw" look="btn btn-small" run={withdraw.bind(null, row.id)} />
              )}
              {row.can.undo && (
                <ActionButton label="Undo" look="btn btn-small" run={undo.bind(null, row.id)} />
              )}
            </div>
          </li>
        ))}
      </ul>
    </>
  );
}
