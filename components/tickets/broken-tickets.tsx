import Link from 'next/link';
import { roleAtScopeName } from '#components/roles/role-words.ts';
import { Notice } from '#components/ui/notice.tsx';
import type { BrokenTicketRow } from '#lib/queries/ticket-rows.ts';

/** The viewer's own access whose ticket was closed meanwhile: what to do about it. */
export function BrokenTickets({ rows }: { rows: BrokenTicketRow[] }) {
  if (rows.length === 0) return null;
  return (
    <section aria-label="Tickets" className="mb-5">
      <Notice>
        <ul className="grid gap-1">
          {rows.map((row) => (
            <li key={row.requestId}>
              {row.ticket.note} {row.status === 'active' ? 'End' : 'Cancel'}{' '}
              <Link href={`/requests/${row.requestId}`} prefetch={false}>
                {roleAtScopeName(row)}
              </Link>{' '}
              if the work is done.
            </li>
          ))}
        </ul>
      </Notice>
    </section>
  );
}
