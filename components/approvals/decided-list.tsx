import Link from 'next/link';
import { RequestStatus } from '#components/requests/request-status.tsx';
import { roleAtScopeName } from '#components/roles/role-words.ts';
import { When } from '#components/ui/when.tsx';
import type { DecidedRow } from '#lib/queries/approval-rows.ts';

/** What was decided or signed of what the viewer could, and what became of it. */
export function DecidedList({ rows }: { rows: DecidedRow[] }) {
  return (
    <ul aria-label="Decided" className="panel divide-y divide-line px-4">
      {rows.map((row) => (
        <li className="py-2.5 text-sm" key={row.id}>
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
  );
}

function outcome({ approve, mine, approverName, forName, state, asks, failure }: DecidedRow): string {
  const who = `${mine ? 'you' : approverName}${forName ? ` for ${forName}` : ''}`;
  const chose = `${who} chose to ${approve ? 'approve' : 'deny'}`;
  if (state === 'lost') return `${chose}, but somebody else was first`;
  if (state === 'failed') return `${chose}, but Azure did not take it`;
  if (state === 'refused') return `${chose}, but it did not count${failure ? `: ${failure}` : ''}`;
  if (state === 'void') return `${chose}, for other terms than these`;
  if (asks === 'stint') return `${approve ? 'signed' : 'denied'} by ${who}`;
  return `${approve ? 'approved' : 'denied'} by ${who}`;
}
