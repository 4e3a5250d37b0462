import Link from 'next/link';
import { Ago } from '#components/ui/ago.tsx';
import { Chip } from '#components/ui/chip.tsx';
import { ticketKindFacts } from '#lib/domain/ticket-system.ts';
import type { TicketSystemRow } from '#lib/queries/ticket-rows.ts';

/** Every ticket system with its numbers, and how it answers. */
export function TicketSystems({ rows, now }: { rows: TicketSystemRow[]; now: Date }) {
  return (
    <ul aria-label="Ticket systems" className="panel divide-y divide-line px-3.5 text-sm">
      {rows.map((row) => (
        <li className="grid gap-x-4 gap-y-0.5 py-2.5 sm:grid-cols-[minmax(0,1fr)_auto]" key={row.id}>
          <p className="min-w-0">
            <Link
              className="link inline-flex min-h-6 items-center font-[550]"
              href={`/settings/tickets/${row.id}`}
              prefetch={false}
            >
              {row.name}
            </Link>{' '}
            <span className="text-soft">{ticketKindFacts[row.kind].name}</span>{' '}
            {!row.enabled && <Chip tone="warn">off</Chip>}
            <span className="block text-faint text-xs">{row.patterns.join(' ')}</span>
          </p>
          <p className="text-soft text-xs sm:text-right">
            <Answers now={now} row={row} />
          </p>
        </li>
      ))}
    </ul>
  );
}

function Answers({ row, now }: { row: TicketSystemRow; now: Date }) {
  const [fault] = row.faults;
  if (row.kind === 'pattern') return 'nobody is asked';
  const isWrong = fault && (row.answeredAt === null || fault.at > row.answeredAt);
  if (isWrong) {
    return (
      <span className="text-warn">
        <Ago at={fault.at} now={now} />: {fault.why}
      </span>
    );
  }
  if (!row.answeredAt) return 'not asked yet';
  return (
    <>
      answered <Ago at={row.answeredAt} now={now} />
    </>
  );
}
