import Link from 'next/link';
import { RequestStatus } from '#components/requests/request-status.tsx';
import { RoleName } from '#components/roles/role-name.tsx';
import { roleAtScopeName } from '#components/roles/role-words.ts';
import { Ago } from '#components/ui/ago.tsx';
import { orList } from '#components/ui/or-list.ts';
import { StackedCell, StackedRow, StackedTable } from '#components/ui/stacked-table.tsx';
import { inWords } from '#lib/domain/time.ts';
import type { WatchedRow } from '#lib/queries/approval-rows.ts';

/** What the viewer follows, and how it stands. */
export function WatchedTable({ rows, now }: { rows: WatchedRow[]; now: Date }) {
  return (
    <StackedTable heads={['Who asked for what', 'How it stands', ['Asked', 'md:w-40']]} label="Watching">
      {rows.map((row) => (
        <StackedRow key={row.requestId}>
          <StackedCell>
            <p>
              <bdi className="font-[550]">{row.requesterName}</bdi>, {inWords(row.minutes)}
            </p>
            <RoleName role={row} />
          </StackedCell>
          <StackedCell>
            <RequestStatus status={row.status} />
            {row.approvers.length > 0 && ` ${orList(row.approvers)} can decide`}
          </StackedCell>
          <StackedCell>
            <Ago at={row.filedAt} now={now} />
            <p>
              <Link
                className="link inline-flex min-h-6 items-center"
                href={`/requests/${row.requestId}`}
                prefetch={false}
              >
                Request
                <span className="sr-only">
                  : {row.requesterName}, {roleAtScopeName(row)}
                </span>
              </Link>
            </p>
          </StackedCell>
        </StackedRow>
      ))}
    </StackedTable>
  );
}
