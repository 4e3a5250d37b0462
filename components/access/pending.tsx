import Link from 'next/link';
import { ActionButton } from '#components/requests/action-button.tsx';
import { RequestStatus } from '#components/requests/request-status.tsx';
import { RoleName } from '#components/roles/role-name.tsx';
import { roleAtScopeName } from '#components/roles/role-words.ts';
import { Ago } from '#components/ui/ago.tsx';
import { orList } from '#components/ui/or-list.ts';
import { Section } from '#components/ui/section.tsx';
import { When } from '#components/ui/when.tsx';
import type { Outcome } from '#lib/domain/refusal.ts';
import { inWords } from '#lib/domain/time.ts';
import type { RequestRow } from '#lib/queries/rows.ts';

interface Props {
  rows: RequestRow[];
  now: Date;
  resume: (requestId: string) => Promise<Outcome<null>>;
}

/** What was asked for and is not on yet: what it waits for, and for whom. */
export function Pending({ rows, now, resume }: Props) {
  if (rows.length === 0) return null;
  return (
    <Section aside={`${rows.length}`} title="Pending">
      <div className="panel">
        <table className="list-table">
          <thead className="sr-only">
            <tr>
              <th scope="col">Role and what it waits for</th>
              <th scope="col">What to do</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.id}>
                <td>
                  <div className="grid gap-x-6 gap-y-1.5 sm:grid-cols-[minmax(0,1.3fr)_minmax(0,1.6fr)] sm:items-center">
                    <RoleName note={inWords(row.minutes)} role={row} />
                    <div className="text-sm text-soft">
                      <RequestStatus status={row.status} /> <Waits now={now} row={row} />
                    </div>
                  </div>
                  {row.failure && <p className="mt-1 text-sm text-warn">{row.failure}</p>}
                </td>
                <td className="w-[104px] text-right">
                  {row.status === 'needs_you' ? (
                    <ActionButton
                      label="Resume"
                      look="btn btn-small btn-go"
                      run={resume.bind(null, row.id)}
                    />
                  ) : (
                    <Link
                      className="link inline-flex min-h-6 items-center text-sm"
                      href={`/requests/${row.id}`}
                      prefetch={false}
                    >
                      Request<span className="sr-only"> for {roleAtScopeName(row)}</span>
                    </Link>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  );
}

function Waits({ row, now }: { row: RequestRow; now: Date }) {
  if (row.status === 'awaiting_approval') {
    return (
      <>
        {row.approvers.length > 0 ? `${orList(row.approvers)} can decide` : 'an approver has to decide'} ·
        asked <Ago at={row.filedAt} now={now} />
      </>
    );
  }
  if (row.status === 'scheduled' && row.startsAt) {
    return (
      <>
        from <When at={row.startsAt} />
      </>
    );
  }
  if (row.status === 'needs_you') return 'your sign-in ran out before Azure was asked; the request is kept';
  return (
    <>
      asked <Ago at={row.filedAt} now={now} />
    </>
  );
}
