import Link from 'next/link';
import { roleAtScopeName } from '#components/roles/role-words.ts';
import { TicketLink } from '#components/tickets/ticket-facts.tsx';
import { Section } from '#components/ui/section.tsx';
import type { BrokenTicketRow } from '#lib/queries/ticket-rows.ts';

/** Access that is there, or coming, though its ticket is closed: whose, and where to see it. */
export function BrokenAccess({ rows }: { rows: BrokenTicketRow[] }) {
  if (rows.length === 0) return null;
  return (
    <Section aside="the person is asked to end it" title="Access without a good ticket">
      <ul aria-label="Access without a good ticket" className="panel divide-y divide-line px-3.5 text-sm">
        {rows.map((row) => (
          <li className="py-2.5" key={row.requestId}>
            <p>
              <Link
                className="link inline-flex min-h-6 items-center"
                href={`/requests/${row.requestId}`}
                prefetch={false}
              >
                {row.requesterName}: {roleAtScopeName(row)}
              </Link>{' '}
              <TicketLink ticket={row.ticket} />
            </p>
            <p className="text-warn text-xs">{row.ticket.note}</p>
          </li>
        ))}
      </ul>
    </Section>
  );
}
