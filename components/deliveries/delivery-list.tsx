import Link from 'next/link';
import { ActionButton } from '#components/requests/action-button.tsx';
import { Ago } from '#components/ui/ago.tsx';
import type { DeliveryState } from '#lib/domain/delivery.ts';
import type { Outcome } from '#lib/domain/refusal.ts';
import type { DeliveryRow } from '#lib/queries/delivery-rows.ts';
import { channelWords } from './channel-table.tsx';

interface Props {
  label: string;
  rows: DeliveryRow[];
  now: Date;
  again: (id: string) => Promise<Outcome<null>>;
}

const states: Record<DeliveryState, string> = {
  waiting: 'waits',
  sent: 'arrived',
  failed: 'failed, is tried again',
  dead: 'given up',
  skipped: 'not sent',
};

/** Deliveries, each with what it says, what went wrong, and once more. */
export function DeliveryList({ label, rows, now, again }: Props) {
  return (
    <ul aria-label={label} className="panel divide-y divide-line px-3.5">
      {rows.map((row) => (
        <li
          className="grid gap-x-6 gap-y-2 py-3 text-sm sm:grid-cols-[minmax(0,1fr)_auto] sm:items-start"
          key={row.id}
        >
          <div className="min-w-0">
            <p className="break-words">
              <span className="font-[550]">{row.what}</span>{' '}
              <span className="text-soft">
                to {row.to}
                {row.channel !== 'webhook' && ` by ${channelWords[row.channel]}`}
              </span>
            </p>
            <p className="text-faint text-xs">
              {states[row.state]}, after {row.tries} {row.tries === 1 ? 'try' : 'tries'} · written{' '}
              <Ago at={row.createdAt} now={now} />
              {row.state === 'failed' && row.dueAt && (
                <>
                  {' · '}next <Ago at={row.dueAt} now={now} />
                </>
              )}
              {row.requestId && (
                <>
                  {' · '}
                  <Link
                    className="link inline-flex min-h-6 items-center"
                    href={`/requests/${row.requestId}`}
                    prefetch={false}
                  >
                    its request
                  </Link>
                </>
              )}
            </p>
            {row.failure && <p className="break-words text-warn">{row.failure}</p>}
          </div>
          {mayTryAgain(row) && (
            <ActionButton
              label={row.state === 'sent' ? 'Send again' : 'Try again'}
              look="btn btn-small"
              run={again.bind(null, row.id)}
            />
          )}
        </li>
      ))}
    </ul>
  );
}

function mayTryAgain({ state, channel }: DeliveryRow): boolean {
  return state === 'failed' || state === 'dead' || (state === 'sent' && channel === 'webhook');
}
