'use client';

import { Section } from '#components/ui/section.tsx';
import { useNow } from '#components/ui/use-now.ts';
import type { Outcome } from '#lib/domain/refusal.ts';
import type { ActiveRow } from '#lib/queries/rows.ts';
import { ActiveLine } from './active-line.tsx';

interface Props {
  rows: ActiveRow[];
  /** false: Azure was never read, so an empty list means nothing. */
  known: boolean;
  now: Date;
  end: (requestId: string) => Promise<Outcome<null>>;
  probe: (requestId: string) => Promise<Outcome<null>>;
}

/** What is on, and for how long yet. */
export function ActiveNow({ rows, known, now, end, probe }: Props) {
  const current = useNow(now);
  if (rows.length === 0) {
    return (
      <Section title="Active now">
        <p className="panel px-4 py-3 text-soft">
          {known
            ? 'Nothing is on. That is how it should be between tasks.'
            : 'Not known yet: Azure has not been read.'}
        </p>
      </Section>
    );
  }
  return (
    <Section aside={`${rows.length} ${rows.length === 1 ? 'role' : 'roles'}`} title="Active now">
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
              <ActiveLine
                current={current}
                end={end}
                key={row.requestId ?? row.key}
                now={now}
                probe={probe}
                row={row}
              />
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  );
}
