import { Ago } from '#components/ui/ago.tsx';
import { Section } from '#components/ui/section.tsx';
import type { TicketSystemRow } from '#lib/queries/ticket-rows.ts';

/** What went wrong lately with a ticket system. */
export function TicketFaults({ faults, now }: { faults: TicketSystemRow['faults']; now: Date }) {
  return (
    <Section title="Last faults">
      {faults.length === 0 ? (
        <p className="panel px-3.5 py-2.5 text-soft text-sm">None.</p>
      ) : (
        <ul aria-label="Last faults" className="panel divide-y divide-line px-3.5 text-sm">
          {faults.map(({ at, why }) => (
            <li className="py-2" key={at.getTime()}>
              <span className="text-faint text-xs">
                <Ago at={at} now={now} />
              </span>{' '}
              {why}
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
