import dynamic from 'next/dynamic';
import Link from 'next/link';
import { useEffect, useRef } from 'react';
import { RequestStatus } from '#components/requests/request-status.tsx';
import { roleAtScopeName } from '#components/roles/role-words.ts';
import { Chip } from '#components/ui/chip.tsx';
import { orList } from '#components/ui/or-list.ts';
import type { RequestRow } from '#lib/queries/rows.ts';
import type { Sent } from './use-activation.ts';

const StepUpButton = dynamic(() =>
  import('#components/step-up/step-up-button.tsx').then((file) => file.StepUpButton),
);

interface Props {
  sent: Sent[];
  recent: RequestRow[];
  /** Nothing else is in the sheet. */
  alone: boolean;
  onDone: () => void;
}

/** What became of each role that was sent, as the server knows it, never as we hope. */
export function Results({ sent, recent, alone, onDone }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const rows = sent.map(({ requestId, role }) => ({
    ...{ requestId, role },
    request: recent.find(({ id }) => id === requestId),
  }));
  // One sign-in serves all that ask alike: the dialog opens by itself for the first, and not again for a repeat.
  const asking = rows.find(({ request }) => request?.stepUp);
  return (
    <div className={alone ? '' : 'mb-3 border-line border-b pb-3'}>
      <div className="flex items-center justify-between gap-2">
        <h2 className="font-semibold text-lg" ref={heading} tabIndex={-1}>
          Asked for
        </h2>
        <button className="btn btn-quiet btn-small" onClick={onDone} type="button">
          Done
        </button>
      </div>
      <ul className="mt-1 grid grid-cols-1 gap-2">
        {rows.map(({ requestId, role, request }) => (
          <li key={requestId}>
            <div className="flex flex-wrap items-baseline justify-between gap-x-3 gap-y-0.5">
              <Link className="link" href={`/requests/${requestId}`} prefetch={false}>
                {roleAtScopeName(role)}
              </Link>
              {request ? (
                <RequestStatus status={request.status} waitsFor={request.waitsFor} />
              ) : (
                <Chip>Kept by Stint</Chip>
              )}
            </div>
            {request?.status === 'awaiting_approval' && request.approvers.length > 0 && (
              <p className="text-soft text-xs">{orList(request.approvers)} can decide</p>
            )}
            {request?.status === 'awaiting_signatures' && (
              <p className="text-soft text-xs">
                {request.approvers.length > 0
                  ? `${orList(request.approvers)} can sign`
                  : 'Nobody can sign this now: administrators are told'}
              </p>
            )}
            {request?.failure && <p className="text-sm text-warn">{request.failure}</p>}
            {request?.stepUp && (
              <StepUpButton
                ask={request.stepUp}
                auto={asking?.requestId === requestId && request.stepUp.repeats === 0}
                look="btn btn-go btn-small mt-1"
                name={roleAtScopeName(role)}
                requestId={requestId}
              />
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
