import Link from 'next/link';
import { ActionButton } from '#components/requests/action-button.tsx';
import { RequestStatus } from '#components/requests/request-status.tsx';
import { Chip } from '#components/ui/chip.tsx';
import { When } from '#components/ui/when.tsx';
import type { OnCallStatus } from '#lib/domain/on-call.ts';
import type { Outcome } from '#lib/domain/refusal.ts';
import type { OccurrenceRow } from '#lib/queries/on-call-rows.ts';

interface Props {
  title: string;
  label: string;
  rows: OccurrenceRow[];
  status: OnCallStatus;
  now: Date;
  ask: (occurrenceId: string) => Promise<Outcome<null>>;
}

/** The times of a window. What was asked for is told by its requests, what was not by why. */
export function OccurrenceTable({ title, label, rows, status, now, ask }: Props) {
  if (rows.length === 0) return null;
  return (
    <>
      <h3 className="mt-3 mb-1 font-semibold text-soft text-xs">{title}</h3>
      <table aria-label={label} className="list-table border-line border-y">
        <thead className="sr-only">
          <tr>
            <th scope="col">Time</th>
            <th scope="col">What became of it</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <td className="px-0!">
                <When at={row.startsAt} /> <span className="text-faint">until</span> <When at={row.endsAt} />
                {row.refusal && row.state === 'planned' && (
                  <p className="text-sm text-warn">Not asked for by itself: {row.refusal}</p>
                )}
              </td>
              <td className="whitespace-nowrap px-0! text-right">
                <div className="grid justify-items-end gap-1">
                  {row.requests.map((request) => (
                    <Link
                      className="inline-flex min-h-6 flex-wrap items-center justify-end gap-1 text-sm no-underline"
                      href={`/requests/${request.id}`}
                      key={request.id}
                      prefetch={false}
                    >
                      <span className="sr-only">
                        {request.roleName} on {request.scopeName}:
                      </span>
                      <RequestStatus status={request.status} />
                    </Link>
                  ))}
                  {row.requests.length === 0 && (
                    <Chip tone={row.state === 'missed' ? 'warn' : 'plain'}>{untold(row, status, now)}</Chip>
                  )}
                  {row.usable && (
                    <ActionButton label="Turn it on" look="btn btn-small" run={ask.bind(null, row.id)} />
                  )}
                </div>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

/** Nothing was asked for it. */
function untold({ state, startsAt, endsAt }: OccurrenceRow, status: OnCallStatus, now: Date): string {
  if (state === 'missed' || (endsAt <= now && status === 'running')) return 'Missed: nobody turned it on';
  if (state === 'skipped' || endsAt <= now) return 'Skipped';
  if (status === 'paused') return 'Paused';
  return startsAt <= now ? 'On, not asked for' : 'Planned';
}
