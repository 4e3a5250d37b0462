'use client';

import { NoNote } from '#components/requests/no-note.tsx';
import { roleAtScopeName } from '#components/roles/role-words.ts';
import { say } from '#components/ui/toast-store.ts';
import { When } from '#components/ui/when.tsx';
import { unknownPolicy } from '#lib/domain/policy.ts';
import type { ActiveRow } from '#lib/queries/rows.ts';
import { MoreFields } from './more-fields.tsx';
import { Popup } from './popup.tsx';
import { useMoreForm } from './use-more-form.ts';
import type { MoreAsk, WindowVerbs } from './verbs.ts';

interface Props {
  row: ActiveRow;
  now: number;
  addNeed: WindowVerbs['addNeed'];
  onClose: () => void;
  /** The window is too short for it: how much more would be wanted. */
  onShort: (begin: Partial<MoreAsk>) => void;
}

const usualMinutes = 60;

/** What is on already, for a second ticket: it stays on until both are done. */
export function NeedDialog({ row, now, addNeed, onClose, onShort }: Props) {
  const policy = row.extension?.policy ?? null;
  const longest = (policy ?? unknownPolicy).maximumMinutes;
  const form = useMoreForm({
    begin: {
      requestId: row.requestId ?? '',
      minutes: Math.min(usualMinutes, longest),
      justification: '',
      ticketNumber: '',
    },
    send: addNeed,
    done: ({ isShort }, ask) => {
      say(`${roleAtScopeName(row)} is on for ${ask.ticketNumber}, too`);
      const left = row.endsAt ? Math.floor((row.endsAt.getTime() - now) / 60_000) : 0;
      const { justification, ticketNumber } = ask;
      if (!isShort || !row.extension) return onClose();
      onShort({ justification, ticketNumber, minutes: Math.max(5, Math.min(longest, ask.minutes - left)) });
    },
  });
  return (
    <Popup onClose={onClose} title={`Use ${roleAtScopeName(row)} for another ticket`}>
      <p className="mt-2 text-soft text-sm">
        It is on already, and PIM gives it once at a time. Named here, the other ticket keeps it on: ending
        one does not cut the other.{' '}
        {row.endsAt && (
          <>
            It ends at <When at={row.endsAt} /> in any case; if that is too soon, extend it next.
          </>
        )}
      </p>
      <form className="mt-3 grid grid-cols-1 gap-3.5" noValidate onSubmit={form.submit}>
        <MoreFields form={form} longestMinutes={longest} policy={policy} ticketFirst />
        <NoNote no={form.no} />
        <div className="flex flex-wrap items-center gap-2">
          <button aria-busy={form.pending} aria-disabled={form.pending} className="btn btn-go" type="submit">
            Use it
          </button>
          <button className="btn" onClick={onClose} type="button">
            Leave it
          </button>
        </div>
      </form>
    </Popup>
  );
}
