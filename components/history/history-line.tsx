import Link from 'next/link';
import { BypassedChip } from '#components/extension/bypassed-chip.tsx';
import { RequestStatus } from '#components/requests/request-status.tsx';
import { windowOf } from '#components/requests/window-of.ts';
import { RoleName } from '#components/roles/role-name.tsx';
import { stacked } from '#components/ui/stacked.ts';
import { When } from '#components/ui/when.tsx';
import { WindowBar } from '#components/ui/window-bar.tsx';
import type { EndCause } from '#lib/domain/request.ts';
import { inWords } from '#lib/domain/time.ts';
import type { HistoryRow } from '#lib/queries/rows.ts';

const cell = 'block px-3.5 py-0.5 lg:table-cell lg:px-2.5 lg:py-2 lg:align-top lg:first:pl-3.5';

const causes: Record<EndCause, string> = {
  expired: 'its time was over',
  ended_early: 'ended early',
  removed_in_azure: 'removed in Azure itself',
  ended_by_stint: 'ended by Stint, since it went past approval',
  ticket_closed: 'its ticket was closed',
};

/** One request of the history. */
export function HistoryLine({ row, everyone }: { row: HistoryRow; everyone: boolean }) {
  return (
    <tr
      {...stacked.row}
      className="block border-line border-t py-2 first:border-t-0 lg:table-row lg:py-0 lg:first:border-t"
    >
      <td {...stacked.cell} className={cell}>
        <Link className="link inline-flex min-h-6 items-center" href={`/requests/${row.id}`} prefetch={false}>
          <When at={row.filedAt} />
        </Link>
        {everyone && <span className="ml-2 lg:ml-0 lg:block">{row.requesterName}</span>}
        {row.origin === 'azure' && <span className="block text-faint text-xs">made in Azure itself</span>}
      </td>
      <td {...stacked.cell} className={cell}>
        <RoleName role={row} />
      </td>
      <td {...stacked.cell} className={`${cell} text-soft`}>
        {[ticketWords(row), row.justification].filter(Boolean).join(' · ')}
      </td>
      <td {...stacked.cell} className={cell}>
        <Window row={row} />
      </td>
      <td {...stacked.cell} className={cell}>
        <RequestStatus status={row.status} />
        {row.bypassedAt && (
          <span className="ml-1">
            <BypassedChip />
          </span>
        )}
        {row.endCause && <span className="ml-2 text-faint text-xs">{causes[row.endCause]}</span>}
        {row.failure && <span className="block text-warn text-xs">{row.failure}</span>}
        <Decision row={row} />
      </td>
    </tr>
  );
}

/** Its number, and what its system told of it. */
function ticketWords({ ticketNumber, ticket }: HistoryRow): string {
  if (!ticket) return ticketNumber;
  const known = [ticket.title, ticket.state].filter(Boolean).join(', ');
  return known ? `${ticket.key} (${known})` : ticket.key;
}

function Decision({ row }: { row: HistoryRow }) {
  if (!row.approverName || row.approved === null) return null;
  return (
    <span className="mt-0.5 block text-soft text-xs">
      {row.approved ? 'approved' : 'denied'} by {row.approverName}
      {row.decisionJustification && <>: “{row.decisionJustification}”</>}
    </span>
  );
}

/** Used of granted once it is over; before that only what was asked, since nothing here ticks. */
function Window({ row }: { row: HistoryRow }) {
  if (row.status !== 'ended' || !row.activeAt || !row.endedAt) {
    return (
      <span className="text-soft">
        {inWords(row.minutes)} {row.activeAt ? 'granted' : 'asked'}
      </span>
    );
  }
  return <WindowBar {...windowOf(row, null, row.endedAt)} />;
}
