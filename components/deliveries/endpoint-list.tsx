import Link from 'next/link';
import { Ago } from '#components/ui/ago.tsx';
import { Chip } from '#components/ui/chip.tsx';
import type { EndpointRow } from '#lib/queries/delivery-rows.ts';

/** Every endpoint, and how it is doing. */
export function EndpointList({ rows, now }: { rows: EndpointRow[]; now: Date }) {
  return (
    <ul aria-label="Endpoints" className="panel divide-y divide-line px-3.5 text-sm">
      {rows.map((row) => (
        <li className="grid gap-x-4 gap-y-0.5 py-2.5 sm:grid-cols-[minmax(0,1fr)_auto]" key={row.id}>
          <div className="min-w-0">
            <p className="break-words">
              <Link
                className="link inline-flex min-h-6 items-center font-[550]"
                href={`/settings/webhooks/${row.id}`}
                prefetch={false}
              >
                {row.name}
              </Link>{' '}
              {!row.enabled && <Chip tone="warn">off</Chip>}
            </p>
            <p className="break-all text-faint text-xs">{row.url}</p>
          </div>
          <p className="text-soft text-xs sm:text-right">
            {row.events.length} {row.events.length === 1 ? 'event' : 'events'} ·{' '}
            {row.lastSentAt ? (
              <>
                last arrived <Ago at={row.lastSentAt} now={now} />
              </>
            ) : (
              'nothing arrived yet'
            )}
            {row.failing > 0 && <span className="block text-warn">{row.failing} did not arrive</span>}
          </p>
        </li>
      ))}
    </ul>
  );
}
