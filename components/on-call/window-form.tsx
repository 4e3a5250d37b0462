'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, useState, useTransition } from 'react';
import { NoNote } from '#components/requests/no-note.tsx';
import type { No } from '#components/requests/use-action.ts';
import { Field } from '#components/ui/field.tsx';
import { say } from '#components/ui/toast-store.ts';
import { useServerClock } from '#components/ui/use-server-clock.ts';
import { type OnCallPattern, type PatternField, patternFaults } from '#lib/domain/on-call.ts';
import { longestJustification, longestTicket } from '#lib/domain/policy.ts';
import type { Outcome } from '#lib/domain/refusal.ts';
import type { WindowRow } from '#lib/queries/on-call-rows.ts';
import { PatternFields } from './pattern-fields.tsx';
import { savedWords } from './saved-words.ts';

interface Props {
  window: WindowRow;
  now: Date;
  change: (to: {
    id: string;
    version: number;
    pattern: OnCallPattern & { days: number[] };
    justification: string;
    ticketNumber: string;
  }) => Promise<Outcome<{ notFiled: string | null }>>;
}

/** When a window comes from now on, and why. What is filed already stays as it is. */
export function WindowForm({ window, now, change }: Props) {
  const [pattern, setPattern] = useState(window.pattern);
  const [justification, setJustification] = useState(window.justification);
  const [ticketNumber, setTicket] = useState(window.ticketNumber);
  const [faults, setFaults] = useState<Partial<Record<PatternField, string>>>({});
  const [no, setNo] = useState<No | null>(null);
  const [pending, startTransition] = useTransition();
  const clock = useServerClock(now);
  const router = useRouter();

  const send = (event: FormEvent) => {
    event.preventDefault();
    if (pending) return;
    const lengths = window.roles.map(({ minutes }) => minutes);
    const found = patternFaults(pattern, lengths, clock());
    setFaults(found);
    setNo(null);
    if (Object.keys(found).length > 0) return;
    const { id, version } = window;
    startTransition(async () => {
      const asked = { id, version, pattern: { ...pattern, days: [...pattern.days] } };
      const answer = await change({ ...asked, justification, ticketNumber }).catch(() => null);
      if (!answer?.ok) setNo(answer ?? 'silence');
      else say(savedWords('The window is changed.', answer.value.notFiled));
      router.refresh();
    });
  };

  return (
    <form className="panel grid max-w-2xl grid-cols-1 gap-3.5 px-4 py-4" noValidate onSubmit={send}>
      <PatternFields faults={faults} onPattern={setPattern} pattern={pattern} />
      <Field id="window-justification" label="Justification">
        {(aria) => (
          <textarea
            {...aria}
            className="input"
            dir="auto"
            maxLength={longestJustification}
            onChange={(event) => setJustification(event.target.value)}
            rows={2}
            value={justification}
          />
        )}
      </Field>
      <Field hint="where a role asks for one" id="window-ticket" label="Ticket">
        {(aria) => (
          <input
            {...aria}
            autoComplete="off"
            className="input"
            maxLength={longestTicket}
            onChange={(event) => setTicket(event.target.value)}
            value={ticketNumber}
          />
        )}
      </Field>
      <p className="text-faint text-xs">What is filed with PIM already stays; cancel it under Requests.</p>
      <NoNote no={no} />
      <div className="flex items-center gap-3">
        <button aria-disabled={pending} className="btn btn-go" type="submit">
          Save
        </button>
        <span className="text-faint text-xs" role="status">
          {pending ? 'Saving…' : ''}
        </span>
      </div>
    </form>
  );
}
