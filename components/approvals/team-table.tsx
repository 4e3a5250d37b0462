import Link from 'next/link';
import { RequestStatus } from '#components/requests/request-status.tsx';
import { RoleName } from '#components/roles/role-name.tsx';
import { roleAtScopeName } from '#components/roles/role-words.ts';
import { Ago } from '#components/ui/ago.tsx';
import { orList } from '#components/ui/or-list.ts';
import { StackedCell, StackedRow, StackedTable } from '#components/ui/stacked-table.tsx';
import { inWords } from '#lib/domain/time.ts';
import type { TeamRow } from '#lib/queries/approval-rows.ts';

const whys: Record<TeamRow['why'], string> = {
  reports: 'They report to you',
  signed: 'You signed it',
  handed_over: 'You handed it over',
  named: 'You were asked at another stage',
  group: 'A stage names a group you are in',
};

/** What waits for others: for whom, until when, and why it is shown here. */
export function TeamTable({ rows, now }: { rows: TeamRow[]; now: Date }) {
  return (
    <StackedTable heads={['Who asks for what', 'Waits for', ['Until', 'md:w-40']]} label="My team’s">
      {rows.map((row) => (
        <StackedRow key={row.requestId}>
          <StackedCell>
            <p>
              <bdi className="font-[550]">{row.requesterName}</bdi>, {inWords(row.minutes)}
            </p>
            <RoleName role={row} />
          </StackedCell>
          <StackedCell>
            <RequestStatus status={row.status} />{' '}
            {row.approvers.length > 0 ? `${orList(row.approvers)} can decide` : 'nobody can decide it now'}
            <p className="text-faint text-xs">
              {row.stage && `stage ${row.stage.number} of ${row.stage.of}, ${row.stage.name} · `}
              {whys[row.why]}
            </p>
          </StackedCell>
          <StackedCell>
            lapses <Ago at={row.lapsesAt} now={now} />
            {row.isOpen && (
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
            )}
          </StackedCell>
        </StackedRow>
      ))}
    </StackedTable>
  );
}
