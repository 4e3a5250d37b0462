import { Section } from '#components/ui/section.tsx';
import { stacked } from '#components/ui/stacked.ts';
import type { Outcome } from '#lib/domain/refusal.ts';
import type { RequestRow } from '#lib/queries/rows.ts';
import { PendingLine } from './pending-line.tsx';

interface Props {
  rows: RequestRow[];
  now: Date;
  resume: (requestId: string) => Promise<Outcome<null>>;
}

/** What was asked for and is not on yet: what it waits for, and for whom. */
export function Pending({ rows, now, resume }: Props) {
  if (rows.length === 0) return null;
  return (
    <Section aside={rows.length} title="Pending">
      <div className="panel">
        <table {...stacked.table} className="list-table list-stacked">
          <thead {...stacked.body} className="sr-only">
            <tr {...stacked.row}>
              <th {...stacked.head} scope="col">
                Role and what it waits for
              </th>
              <th {...stacked.head} scope="col">
                What to do
              </th>
            </tr>
          </thead>
          <tbody {...stacked.body}>
            {rows.map((row) => (
              <PendingLine key={row.id} now={now} resume={resume} row={row} />
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  );
}
