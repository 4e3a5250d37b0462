'use client';

import { useId, useState } from 'react';
import { NoNote } from '#components/requests/no-note.tsx';
import { useAction } from '#components/requests/use-action.ts';
import { Field } from '#components/ui/field.tsx';
import { longestReason } from '#lib/domain/finding.ts';
import type { Outcome } from '#lib/domain/refusal.ts';

interface Seen {
  findingId: string;
  version: number;
}

/** What an administrator may say about a finding; each answers with what became of it. */
export interface Answers {
  assign: (input: Seen & { assigneeId: string | null }) => Promise<Outcome<null>>;
  accept: (input: Seen & { reason: string; until: string }) => Promise<Outcome<null>>;
  reopen: (input: Seen) => Promise<Outcome<null>>;
}

interface AssignProps {
  seen: Seen;
  assign: Answers['assign'];
  assigneeId: string | null;
  assignees: { id: string; name: string }[];
}

/** Whose it is to see to. */
export function AssignForm({ seen, assign, assigneeId, assignees }: AssignProps) {
  const [chosen, setChosen] = useState(assigneeId ?? '');
  const { no, pending, press } = useAction(() => assign({ ...seen, assigneeId: chosen || null }));
  const id = useId();
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        press();
      }}
      className="grid gap-2"
    >
      <div className="flex flex-wrap items-end gap-2">
        <label className="grid min-w-0 gap-0.5 text-soft text-xs" htmlFor={id}>
          Taken on by
          <select
            className="input"
            id={id}
            onChange={(event) => setChosen(event.target.value)}
            value={chosen}
          >
            <option value="">nobody</option>
            {assignees.map((one) => (
              <option key={one.id} value={one.id}>
                {one.name}
              </option>
            ))}
          </select>
        </label>
        <button aria-disabled={pending} className="btn" type="submit">
          Give
        </button>
      </div>
      <p className="text-faint text-xs">Administrators and auditors who have signed in to Stint.</p>
      <NoNote no={no} />
    </form>
  );
}

interface AcceptProps {
  seen: Seen;
  accept: Answers['accept'];
  /** The first and the last day that can be chosen, as `2026-11-22`. */
  days: [first: string, last: string];
}

/** Answers for it until a day, with a reason; what was typed stays until it is accepted. */
export function AcceptForm({ seen, accept, days: [first, last] }: AcceptProps) {
  const [reason, setReason] = useState('');
  const [until, setUntil] = useState('');
  const { no, pending, press } = useAction(() => accept({ ...seen, reason, until }));
  const id = useId();
  const errorOf = (field: string) =>
    no !== null && no !== 'silence' && no.field === field ? no.message : undefined;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        press();
      }}
      className="grid gap-3"
    >
      <Field
        error={errorOf('reason')}
        hint="whoever looks next reads it; the record keeps it"
        id={`${id}-reason`}
        label="Why it may stay"
      >
        {(aria) => (
          <textarea
            {...aria}
            className="input"
            maxLength={longestReason}
            onChange={(event) => setReason(event.target.value)}
            rows={2}
            value={reason}
          />
        )}
      </Field>
      <Field
        error={errorOf('until')}
        hint={`by ${last} at the latest; then it opens by itself`}
        id={`${id}-until`}
        label="Until (UTC)"
      >
        {(aria) => (
          <input
            {...aria}
            className="input sm:w-48"
            max={last}
            min={first}
            onChange={(event) => setUntil(event.target.value)}
            type="date"
            value={until}
          />
        )}
      </Field>
      {!errorOf('reason') && !errorOf('until') && <NoNote no={no} />}
      <div>
        <button aria-disabled={pending} className="btn" type="submit">
          Accept
        </button>
      </div>
    </form>
  );
}

/** Takes an acceptance back. */
export function ReopenButton({ seen, reopen }: { seen: Seen; reopen: Answers['reopen'] }) {
  const { no, pending, press } = useAction(() => reopen(seen));
  return (
    <div className="grid justify-items-start gap-2">
      <button aria-disabled={pending} className="btn" onClick={press} type="button">
        Take the acceptance back
      </button>
      <NoNote no={no} />
    </div>
  );
}
