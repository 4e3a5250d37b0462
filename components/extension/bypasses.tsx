import Link from 'next/link';
import { Ago } from '#components/ui/ago.tsx';
import { Section } from '#components/ui/section.tsx';
import { isLive, statusNames } from '#lib/domain/request.ts';
import type { BypassRow } from '#lib/queries/evaluation-rows.ts';
import { BypassedChip } from './bypassed-chip.tsx';

/** Activations that went past Stint’s own approval, and what became of them. */
export function Bypasses({ now, rows }: { now: Date; rows: BypassRow[] }) {
  return (
    <Section aside="activated in other clients" title="Past Stint’s approval">
      {rows.length === 0 ? (
        <p className="panel px-3.5 py-2.5 text-sm text-soft">
          None. Where a rule of Stint’s asks for signatures and PIM does not ask Stint, somebody could
          activate in Microsoft’s portal past them. Stint sees that within a minute or two, and lists it here.
        </p>
      ) : (
        <ul aria-label="Past Stint’s approval" className="panel divide-y divide-line px-3.5 text-sm">
          {rows.map((row) => (
            <li className="grid gap-x-6 gap-y-1 py-2.5 sm:grid-cols-2" key={row.id}>
              <div className="min-w-0">
                <Link
                  className="link inline-flex min-h-6 items-center"
                  href={`/requests/${row.id}`}
                  prefetch={false}
                >
                  {row.roleName}, {row.scopeName}
                </Link>
                <p className="text-soft">{row.requesterName}</p>
              </div>
              <p className="text-soft">
                {isLive(row.status) && <BypassedChip />} {statusNames[row.status]}
                {row.isToEnd && isLive(row.status) && ', the Applier is to end it'}, seen{' '}
                <Ago at={row.bypassedAt} now={now} />
              </p>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
