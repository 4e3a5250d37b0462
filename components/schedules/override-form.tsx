'use client';

import { type FormEvent, useState } from 'react';
import { KnownSearch } from '#components/approval-policy/known-search.tsx';
import { NamedList } from '#components/approval-policy/named-list.tsx';
import type { Find } from '#components/approval-policy/verbs.ts';
import { NoNote } from '#components/requests/no-note.tsx';
import { useAction } from '#components/requests/use-action.ts';
import { Field } from '#components/ui/field.tsx';
import { say } from '#components/ui/toast-store.ts';
import type { Named } from '#lib/domain/approval-policy.ts';
import type { Outcome } from '#lib/domain/refusal.ts';

interface Props {
  scheduleId: string;
  zone: string;
  find: Find;
  override: (asked: {
    scheduleId: string;
    person: Named;
    from: string;
    until: string;
  }) => Promise<Outcome<null>>;
}

/** Puts somebody else on call for a time. */
export function OverrideForm({ scheduleId, zone, find, override }: Props) {
  const [person, setPerson] = useState<Named | null>(null);
  const [isSent, setSent] = useState(false);
  const [times, setTimes] = useState({ from: '', until: '' });
  const { no, pending, press } = useAction(async () => {
    const answer = await override({ scheduleId, person: person ?? { id: '', name: '' }, ...times });
    if (answer.ok) {
      setPerson(null);
      setTimes({ from: '', until: '' });
      say('Saved. It holds for that time.');
    }
    return answer;
  });
  const faults: Record<'person' | 'from' | 'until', string | undefined> = {
    person: person ? undefined : 'Choose who is on call instead.',
    from: times.from ? undefined : 'Say when it begins.',
    until: !times.until
      ? 'Say when it ends.'
      : times.from && times.until <= times.from
        ? 'It ends before it begins.'
        : undefined,
  };
  const isWhole = Object.values(faults).every((fault) => fault === undefined);
  const shown: Partial<typeof faults> = isSent ? faults : {};
  const send = (event: FormEvent) => {
    event.preventDefault();
    setSent(!isWhole);
    if (isWhole) press();
  };
  return (
    <form className="grid max-w-2xl grid-cols-1 gap-3" noValidate onSubmit={send}>
      <KnownSearch
        error={shown.person}
        find={find}
        id="override-person"
        kind="person"
        label="Who is on call instead"
        onAdd={({ id, name }) => setPerson({ id, name })}
        verb="Choose"
      />
      <NamedList chosen={person ? [person] : []} label="Instead" onRemove={() => setPerson(null)} />
      <div className="grid gap-3 sm:grid-cols-2">
        {(['from', 'until'] as const).map((end) => (
          <Field
            error={shown[end]}
            hint={`on the wall of ${zone}`}
            id={`override-${end}`}
            key={end}
            label={end === 'from' ? 'From' : 'Until'}
          >
            {(aria) => (
              <input
                {...aria}
                className="input min-w-0"
                onChange={(event) => setTimes({ ...times, [end]: event.target.value })}
                type="datetime-local"
                value={times[end]}
              />
            )}
          </Field>
        ))}
      </div>
      <NoNote no={no} />
      <p>
        <button aria-disabled={pending} className="btn" type="submit">
          Put on call
        </button>
      </p>
    </form>
  );
}
