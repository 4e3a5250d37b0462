import Link from 'next/link';
import { ActionButton } from '#components/requests/action-button.tsx';
import { roleAtScopeName } from '#components/roles/role-words.ts';
import { Chip } from '#components/ui/chip.tsx';
import type { OnCallStatus } from '#lib/domain/on-call.ts';
import type { Outcome } from '#lib/domain/refusal.ts';
import { inWords } from '#lib/domain/time.ts';
import type { WindowRow } from '#lib/queries/on-call-rows.ts';
import { OccurrenceTable } from './occurrence-table.tsx';
import { patternWords } from './pattern-words.ts';

interface Props {
  window: WindowRow;
  now: Date;
  turn: (to: { id: string; status: OnCallStatus }) => Promise<Outcome<null>>;
  ask: (occurrenceId: string) => Promise<Outcome<null>>;
}

const statusNames: Record<OnCallStatus, string> = { running: 'Running', paused: 'Paused', ended: 'Ended' };

/** One window: what, when, and its next times with what became of each. */
export function WindowCard({ window, now, turn, ask }: Props) {
  const { id, status, roles, pattern, justification, ticketNumber, ahead, past } = window;
  const names = roles.map(roleAtScopeName).join(', ');
  return (
    <article aria-label={names} className="panel px-4 py-3.5">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h2 className="min-w-0 font-semibold">{names}</h2>
        <Chip tone={status === 'running' ? 'live' : 'plain'}>{statusNames[status]}</Chip>
      </div>
      <p className="text-soft">
        {patternWords(pattern)}
        {roles.length === 1 && ` · ${inWords(roles[0]?.minutes ?? 0)}`}
      </p>
      {roles.length > 1 && (
        <ul className="text-sm text-soft">
          {roles.map((role) => (
            <li key={role.key}>
              <bdi>{roleAtScopeName(role)}</bdi>: {inWords(role.minutes)}
            </li>
          ))}
        </ul>
      )}
      {(justification || ticketNumber) && (
        <p className="max-w-prose text-sm text-soft" dir="auto">
          {[justification, ticketNumber].filter(Boolean).join(' · ')}
        </p>
      )}
      <OccurrenceTable
        ask={ask}
        label={`Next of ${names}`}
        now={now}
        rows={ahead}
        status={status}
        title="Next"
      />
      <OccurrenceTable
        ask={ask}
        label={`Last of ${names}`}
        now={now}
        rows={past}
        status={status}
        title="Last"
      />
      {status !== 'ended' && (
        <div className="mt-3 flex flex-wrap items-start gap-2">
          {status === 'running' ? (
            <ActionButton
              label="Pause"
              look="btn btn-small"
              run={turn.bind(null, { id, status: 'paused' })}
            />
          ) : (
            <ActionButton
              label="Go on"
              look="btn btn-small"
              run={turn.bind(null, { id, status: 'running' })}
            />
          )}
          <Link className="btn btn-small" href={`/windows/${id}`} prefetch={false}>
            Change
          </Link>
          <ActionButton
            label="End for good"
            look="btn btn-small"
            run={turn.bind(null, { id, status: 'ended' })}
          />
        </div>
      )}
    </article>
  );
}
