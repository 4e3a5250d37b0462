'use client';

import dynamic from 'next/dynamic';
import Link from 'next/link';
import { NoNote } from '#components/requests/no-note.tsx';
import { RequestStatus } from '#components/requests/request-status.tsx';
import { useAction } from '#components/requests/use-action.ts';
import { RoleName } from '#components/roles/role-name.tsx';
import { roleAtScopeName } from '#components/roles/role-words.ts';
import { Ago } from '#components/ui/ago.tsx';
import { orList } from '#components/ui/or-list.ts';
import { When } from '#components/ui/when.tsx';
import { Waited } from '#components/usable/waited.tsx';
import type { Outcome } from '#lib/domain/refusal.ts';
import { inWords } from '#lib/domain/time.ts';
import type { PendingRow } from '#lib/queries/rows.ts';
import { WaitsForStint } from './waits-for-stint.tsx';

const StepUpButton = dynamic(() =>
  import('#components/step-up/step-up-button.tsx').then((file) => file.StepUpButton),
);

interface Props {
  row: PendingRow;
  now: Date;
  resume: (requestId: string) => Promise<Outcome<null>>;
  /** What is approved by Stint's stages: its window begins with this. */
  start: (requestId: string) => Promise<Outcome<null>>;
}

/** One request on its way. */
export function PendingLine({ row, now, resume, start }: Props) {
  const isApproved = row.status === 'approved';
  const { no, pending, press } = useAction(() => (isApproved ? start(row.id) : resume(row.id)));
  return (
    <tr>
      <td>
        <div className="grid gap-x-6 gap-y-1.5 sm:grid-cols-[minmax(0,1.1fr)_minmax(0,1.6fr)] sm:items-center">
          <RoleName note={inWords(row.minutes)} role={row} />
          <div className="text-sm text-soft">
            <RequestStatus status={row.status} waitsFor={row.waitsFor} /> <Waits now={now} row={row} />
          </div>
        </div>
        {row.failure && <p className="mt-1 text-sm text-warn">{row.failure}</p>}
        {no && (
          <div className="mt-2">
            <NoNote no={no} />
          </div>
        )}
      </td>
      <td className="w-[104px] text-right">
        {row.stepUp && (
          <StepUpButton
            ask={row.stepUp}
            look="btn btn-small btn-go mb-1"
            name={roleAtScopeName(row)}
            requestId={row.id}
          />
        )}
        {((row.status === 'needs_you' && !row.stepUp) || isApproved) && (
          <button
            aria-busy={pending}
            aria-disabled={pending}
            className="btn btn-small btn-go mb-1"
            onClick={press}
            type="button"
          >
            {isApproved ? 'Start' : 'Resume'}
            {isApproved && <span className="sr-only"> {roleAtScopeName(row)}</span>}
          </button>
        )}
        <Link
          className="link inline-flex min-h-6 items-center text-sm"
          href={`/requests/${row.id}`}
          prefetch={false}
        >
          Request<span className="sr-only"> for {roleAtScopeName(row)}</span>
        </Link>
      </td>
    </tr>
  );
}

function Waits({ row, now }: { row: PendingRow; now: Date }) {
  const asked = (
    <span className="whitespace-nowrap">
      asked <Ago at={row.filedAt} now={now} />
    </span>
  );
  if (row.approval) return <WaitsForStint approval={row.approval} now={now} row={row} />;
  if (row.status === 'awaiting_approval') {
    const who =
      row.approvers.length > 0 ? `${orList(row.approvers)} can decide` : 'an approver has to decide';
    return (
      <>
        {who} · {asked}
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
  if (row.status === 'filed' || row.status === 'provisioning') {
    return (
      <Waited
        now={now}
        since={row.startsAt && row.startsAt > row.filedAt ? row.startsAt : row.filedAt}
        speed={row.speed}
      />
    );
  }
  return asked;
}
