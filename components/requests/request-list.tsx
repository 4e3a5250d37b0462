import Link from 'next/link';
import { RoleName } from '#components/roles/role-name.tsx';
import { stacked } from '#components/ui/stacked.ts';
import { When } from '#components/ui/when.tsx';
import { inWords } from '#lib/domain/time.ts';
import type { RequestRow } from '#lib/queries/rows.ts';
import { RequestStatus } from './request-status.tsx';

/** One's own requests, newest first; each leads to its story. */
export function RequestList({ rows }: { rows: RequestRow[] }) {
  return (
    <div className="panel">
      <table {...stacked.table} aria-label="My requests" className="list-table list-stacked">
        <thead {...stacked.body} className="sr-only">
          <tr {...stacked.row}>
            <th {...stacked.head} scope="col">
              Role, reason and when
            </th>
            <th {...stacked.head} scope="col">
              State
            </th>
          </tr>
        </thead>
        <tbody {...stacked.body}>
          {rows.map((row) => (
            <tr {...stacked.row} className="relative hover:bg-wash" key={row.id}>
              <td {...stacked.cell}>
                <div className="grid gap-x-6 gap-y-1 sm:grid-cols-[minmax(0,1.2fr)_minmax(0,1.2fr)_minmax(0,0.9fr)] sm:items-center">
                  {/* The link covers the whole row; its text is the role. */}
                  <Link
                    className="after:absolute after:inset-0"
                    href={`/requests/${row.id}`}
                    prefetch={false}
                  >
                    <RoleName role={row} />
                  </Link>
                  <p className="line-clamp-2 text-sm text-soft">
                    {[row.ticketNumber, row.justification].filter(Boolean).join(' · ') || 'no reason asked'}
                  </p>
                  <p className="text-faint text-xs">
                    {inWords(row.minutes)} · <When at={row.filedAt} />
                  </p>
                </div>
                {row.failure && <p className="mt-1 text-sm text-warn">{row.failure}</p>}
              </td>
              <td {...stacked.cell} className="sm:w-[176px] sm:text-right">
                <RequestStatus status={row.status} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
