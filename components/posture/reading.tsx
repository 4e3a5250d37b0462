import { ActionButton } from '#components/requests/action-button.tsx';
import { Ago } from '#components/ui/ago.tsx';
import { Section } from '#components/ui/section.tsx';
import type { Outcome } from '#lib/domain/refusal.ts';
import { timeLeft } from '#lib/domain/time-left.ts';
import type { LookRow, Posture, ReadingRow } from '#lib/queries/inventory-rows.ts';

import { LookAgain } from './look-again.tsx';

interface Props {
  posture: Posture;
  /** null: the viewer may only look. */
  readNow: (() => Promise<Outcome<null>>) | null;
}

/** How well the tenant is known: the reading under way, the last one, and what neither could read. */
export function Reading({ posture: { now, last, looked, current }, readNow }: Props) {
  return (
    <Section aside="of everything in the tenant, as the Reader" title="Reading">
      <div className="panel grid gap-x-6 gap-y-2 px-3.5 py-2.5 text-sm sm:grid-cols-[minmax(0,1fr)_auto] sm:items-start">
        <div className="min-w-0 space-y-1">
          {current && <UnderWay last={last} reading={current} />}
          {last ? (
            <Last looked={looked} now={now} reading={last} />
          ) : (
            !current && <p className="text-soft">None yet.</p>
          )}
        </div>
        {readNow && !current && <ActionButton label="Read now" look="btn btn-small" run={readNow} />}
      </div>
    </Section>
  );
}

function UnderWay({ reading, last }: { reading: ReadingRow; last: ReadingRow | null }) {
  const { parts, partsDone, rows, gaps } = reading;
  const left = timeLeft(rows, last);
  return (
    <p role="status">
      <LookAgain />
      Reading the tenant: {partsDone} of {parts} lists so far, {rows.toLocaleString('en')} rows
      {left && `, ${left} going by the last reading`}. More lists may be found on the way.
      {gaps.length > 0 && ` Waiting: ${[...new Set(gaps.map(({ why }) => why))].join(' ')}`}
    </p>
  );
}

interface LastProps {
  now: Date;
  reading: ReadingRow;
  looked: LookRow | null;
}

function Last({ now, reading: { finishedAt, appeared, gone, gaps, policiesUnread }, looked }: LastProps) {
  return (
    <>
      {finishedAt && (
        <p>
          Last full reading <Ago at={finishedAt} now={now} />.{' '}
          <span className="text-soft">
            {appeared} new, {gone} gone since the reading before.
          </span>
        </p>
      )}
      {looked?.finishedAt && (
        <p>
          Last look at changes <Ago at={looked.finishedAt} now={now} />.{' '}
          <span className="text-soft">
            {looked.told === 0 ? 'Azure’s logs told of nothing new.' : `${looked.told} lists read again.`}
          </span>
        </p>
      )}
      {policiesUnread > 0 && (
        <p className="text-soft">
          Of {policiesUnread.toLocaleString('en')} {policiesUnread === 1 ? 'role' : 'roles'} at resource
          groups and resources the PIM settings are not read yet, and not judged: the next looks take them up.
        </p>
      )}
      <details className="text-soft text-xs">
        <summary className="w-fit py-1">What a look at changes sees</summary>
        <p className="max-w-prose">
          Every few minutes Stint asks Entra’s audit log and each subscription’s activity log what has
          changed, and reads only that again: assignments, members, people, groups and workloads. Sign-ins,
          key vaults, Lighthouse delegations, credentials that changed without a line in the log, and
          activations that ended with the membership they came through, show with the next full reading: once
          a day, or once an hour while a log cannot be read.
        </p>
      </details>
      {gaps.length > 0 && (
        <details open>
          <summary className="w-fit py-1 text-warn">
            {gaps.length} {gaps.length === 1 ? 'list' : 'lists'} could not be read: what they hold is as it
            was
          </summary>
          <ul className="text-soft text-xs">
            {gaps.map(({ what, place, why }) => (
              <li className="break-words" key={`${what} ${place}`}>
                {why}
                {place !== '/' && ` (${place})`}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}
