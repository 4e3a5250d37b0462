'use client';

import { NoNote } from '#components/requests/no-note.tsx';
import { roleAtScopeName } from '#components/roles/role-words.ts';
import { orList } from '#components/ui/or-list.ts';
import { say } from '#components/ui/toast-store.ts';
import { When } from '#components/ui/when.tsx';
import { type PolicyFacts, unknownPolicy } from '#lib/domain/policy.ts';
import { inWords } from '#lib/domain/time.ts';
import type { ActiveRow } from '#lib/queries/rows.ts';
import { gapWords, usualMinutes } from './extend-words.ts';
import { MoreFields } from './more-fields.tsx';
import { Popup } from './popup.tsx';
import { useMoreForm } from './use-more-form.ts';
import type { MoreAsk, WindowVerbs } from './verbs.ts';

interface Props {
  row: ActiveRow;
  /** What another dialog found too short, to begin with. */
  begin?: Partial<MoreAsk> | undefined;
  extend: WindowVerbs['extend'];
  onClose: () => void;
}

/** More time, and everything it means before one asks: when it starts, the gap, who decides again, how long at most. */
export function ExtendDialog({ row, begin, extend, onClose }: Props) {
  const { extension, requestId } = row;
  const policy = extension?.policy ?? null;
  const longest = (policy ?? unknownPolicy).maximumMinutes;
  const form = useMoreForm({
    begin: {
      requestId: requestId ?? '',
      minutes: usualMinutes(row, longest),
      justification: row.justification,
      ticketNumber: row.ticketNumber,
      ...begin,
    },
    send: extend,
    done: (_, ask) => {
      say(`${roleAtScopeName(row)}: ${inWords(ask.minutes)} more asked for`);
      onClose();
    },
  });
  return (
    <Popup onClose={onClose} title={`Extend ${roleAtScopeName(row)}`}>
      <ul className="mt-2 grid list-disc gap-1 pl-4 text-soft text-sm">
        {row.endsAt && (
          <li>
            Starts when this ends, at <When at={row.endsAt} />. PIM does not lengthen what is on.
          </li>
        )}
        <li>{gapWords(extension?.gapSeconds ?? null)}</li>
        <li>{approvalWords(policy)}</li>
      </ul>
      <form className="mt-3 grid grid-cols-1 gap-3.5" noValidate onSubmit={form.submit}>
        <MoreFields form={form} longestMinutes={longest} policy={policy} />
        <NoNote no={form.no} />
        <div className="flex flex-wrap items-center gap-2">
          <button aria-busy={form.pending} aria-disabled={form.pending} className="btn btn-go" type="submit">
            Extend
          </button>
          <button className="btn" onClick={onClose} type="button">
            Leave it
          </button>
        </div>
      </form>
    </Popup>
  );
}

function approvalWords(policy: PolicyFacts | null): string {
  if (!policy) return 'Whether it is approved again, PIM decides.';
  if (!policy.approval) return 'Nobody has to approve it.';
  const names = policy.approvers.map(({ name }) => name);
  const who = names.length > 0 ? orList(names) : 'one of PIM’s administrators';
  return `It has to be approved again, by ${who}. Approved late, it starts late.`;
}
