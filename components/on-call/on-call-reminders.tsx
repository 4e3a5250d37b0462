import { CalendarClock } from 'lucide-react';
import Link from 'next/link';
import { ActionButton } from '#components/requests/action-button.tsx';
import { roleAtScopeName } from '#components/roles/role-words.ts';
import { Ago } from '#components/ui/ago.tsx';
import type { Outcome } from '#lib/domain/refusal.ts';
import type { OnCallNow } from '#lib/queries/on-call-rows.ts';
import { FileAhead } from './file-ahead.tsx';

interface Props {
  onCall: OnCallNow;
  now: Date;
  ask: (occurrenceId: string) => Promise<Outcome<null>>;
  file: () => Promise<Outcome<null>>;
}

/** On-call windows that wait for one click, and the filing of the next ones while their person is here. */
export function OnCallReminders({ onCall: { reminders, canFile }, now, ask, file }: Props) {
  if (reminders.length === 0 && !canFile) return null;
  return (
    <>
      {canFile && <FileAhead file={file} />}
      {reminders.map(({ id, startsAt, endsAt, roles, refusal }) => (
        <section
          aria-label="On-call window"
          className="panel mb-5 flex flex-wrap items-center gap-x-4 gap-y-2 border-accent px-4 py-3"
          key={id}
        >
          <CalendarClock aria-hidden="true" className="size-5 text-accent" />
          <div className="min-w-0 flex-1 basis-64">
            <p className="font-[550]">
              {startsAt <= now ? (
                <>
                  Your on-call window is on; it ends <Ago at={endsAt} now={now} />
                </>
              ) : (
                <>
                  Your on-call window begins <Ago at={startsAt} now={now} />
                </>
              )}
            </p>
            <p className="text-sm text-soft">
              {roles.map(roleAtScopeName).join(', ')} ·{' '}
              <Link className="link" href="/windows" prefetch={false}>
                Windows
              </Link>
            </p>
            {refusal && <p className="text-sm text-warn">Not asked for by itself: {refusal}</p>}
          </div>
          <ActionButton label="Turn it on" look="btn btn-go" run={ask.bind(null, id)} />
        </section>
      ))}
    </>
  );
}
