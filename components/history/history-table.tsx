import Link from 'next/link';
import { RequestStatus } from '#components/requests/request-status.tsx';
import { windowOf } from '#components/requests/window-of.ts';
import { RoleName } from '#components/roles/role-name.tsx';
import { stacked } from '#components/ui/stacked.ts';
import { When } from '#components/ui/when.tsx';
import { WindowBar } from '#components/ui/window-bar.tsx';
import { inWords } from '#lib/domain/time.ts';
import type { HistoryRow } from '#lib/queries/rows.ts';

interface Props {
  rows: HistoryRow[];
  /** Whose it is matters only where others' rows are among them. */
  everyone: boolean;
}

/** Every request as one row that answers who, what, why, how long and by whom. On a phone rows stack. */
export function HistoryTable({ rows, everyone }: Props) {
  const heads = ['Asked', ...(everyone ? ['Person'] : []), 'Role', 'Reason', 'Window', 'State', 'Decided'];
  return (
    <div className="panel md:overflow-x-auto">
      <table
        {...stacked.table}
        aria-label="History"
        className="block w-full border-collapse text-sm md:table"
      >
        <thead {...stacked.body} className="sr-only md:not-sr-only md:table-header-group">
          <tr {...stacked.row}>
            {heads.map((head) => (
              <th
                {...stacked.head}
                className="px-2.5 pt-2.5 pb-1.5 text-left font-normal text-faint text-xs first:pl-3.5"
                key={head}
                scope="col"
              >
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody {...stacked.body} className="block md:table-row-group">
          {rows.map((row) => (
            <Line everyone={everyone} key={row.id} row={row} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

const cell = 'block px-3.5 py-0.5 md:table-cell md:px-2.5 md:py-2 md:align-top md:first:pl-3.5';

function Line({ row, everyone }: { row: HistoryRow; everyone: boolean }) {
  return (
    <tr
      {...stacked.row}
      className="block border-line border-t py-2 first:border-t-0 md:table-row md:py-0 md:first:border-t"
    >
      <td {...stacked.cell} className={`${cell} md:w-36`}>
        <Link className="link inline-flex min-h-6 items-center" href={`/requests/${row.id}`} prefetch={false}>
          <When at={row.filedAt} />
        </Link>
        {row.origin === 'azure' && <span className="block text-faint text-xs">made in Azure</span>}
      </td>
      {everyone && (
        <td {...stacked.cell} className={cell}>
          {row.requesterName}
        </td>
      )}
      <td {...stacked.cell} className={cell}>
        <RoleName role={row} />
      </td>
      <td {...stacked.cell} className={`${cell} text-soft md:max-w-52`}>
        {[row.ticketNumber, row.justification].filter(Boolean).join(' · ')}
      </td>
      <td {...stacked.cell} className={`${cell} md:w-36`}>
        <Window row={row} />
      </td>
      <td {...stacked.cell} className={cell}>
        <RequestStatus status={row.status} />
        {row.endCause === 'removed_in_azure' && (
          <span className="block text-faint text-xs">removed in Azure</span>
        )}
        {row.endCause === 'ended_early' && <span className="block text-faint text-xs">ended early</span>}
        {row.failure && <span className="block text-warn text-xs">{row.failure}</span>}
      </td>
      <td {...stacked.cell} className={`${cell} text-soft`}>
        {row.approverName && row.approved !== null && (
          <>
            {row.approved ? 'approved by' : 'denied by'} {row.approverName}
            {row.decisionJustification && (
              <span className="block text-xs">“{row.decisionJustification}”</span>
            )}
          </>
        )}
      </td>
    </tr>
  );
}

/** Used of granted once it is over; before that only what was asked, since nothing here ticks. */
function Window({ row }: { row: HistoryRow }) {
  if (row.status !== 'ended' || !row.activeAt || !row.endedAt)
    return <span className="text-soft">{inWords(row.minutes)}</span>;
  return <WindowBar {...windowOf(row, null, row.endedAt)} />;
}
