import { Section } from '#components/ui/section.tsx';
import type { Outcome } from '#lib/domain/refusal.ts';
import type { PendingRow } from '#lib/queries/rows.ts';
import { PendingLine } from './pending-line.tsx';

interface Props {
  rows: PendingRow[];
  now: Date;
  resume: (requestId: string) => Promise<Outcome<null>>;
  start: (requestId: string) => Promise<Outcome<null>>;
}

/** What was asked for and is not on yet: what it waits for, and for whom. */
export function Pending({ rows, now, resume, start }: Props) {
  if (rows.length === 0) return null;
  return (
    <Section aside={rows.length} title="Pending">
      <div className="panel">
        <table className="list-table">
          <thead className="sr-only">
            <tr>
              <th scope="col">Role and what it waits for</th>
              <th scope="col">What to do</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <PendingLine key={row.id} now={now} resume={resume} row={row} start={start} />
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  );
}
