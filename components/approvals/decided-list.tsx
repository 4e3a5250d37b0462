import Link from 'next/link';
import { RequestStatus } from '#components/requests/request-status.tsx';
import { roleAtScopeName } from '#components/roles/role-words.ts';
import { Section } from '#components/ui/section.tsx';
import { When } from '#components/ui/when.tsx';
import type { DecidedRow } from '#lib/queries/rows.ts';

/** What was decided lately of what the viewer can decide, and what became of it. */
export function DecidedList({ rows }: { rows: DecidedRow[] }) {
  if (rows.length === 0) return null;
  return (
    <Section title="Decided">
      <ul className="panel divide-y divide-line px-4">
        {rows.map((row) => (
          <li
            className="py-2.5 text-sm"
            key={`${row.requestId} ${row.decidedAt.getTime()} ${row.approverName}`}
          >
            <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
              <p>
                <Link className="link" href={`/requests/${row.requestId}`} prefetch={false}>
                  {roleAtScopeName(row)}
                </Link>{' '}
                for {row.requesterName}
              </p>
              <RequestStatus status={row.status} />
            </div>
            <p className="text-soft">
              {outcome(row)} · <When at={row.decidedAt} />
            </p>
            {row.justification && <p className="text-faint text-xs">“{row.justification}”</p>}
          </li>
        ))}
      </ul>
    </Section>
  );
}

function outcome({ approve, mine, approverName, state }: DecidedRow): string {
  const who = mine ? 'you' : approverName;
  if (state === 'lost') return `${who} chose to ${approve ? 'approve' : 'deny'}, but somebody else was first`;
  if (state === 'failed') return `${who} chose to ${approve ? 'approve' : 'deny'}, but Azure did not take it`;
  if (state === 'intended') return `${who} chose to ${approve ? 'approve' : 'deny'}; on its way to Azure`;
  return `${approve ? 'approved' : 'denied'} by ${who}`;
}
