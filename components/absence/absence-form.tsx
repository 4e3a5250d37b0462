'use client';

import { type FormEvent, useId, useState } from 'react';
import { ownZone } from '#components/access/timing.ts';
import { ZoneField } from '#components/access/zone-field.tsx';
import { NoNote } from '#components/requests/no-note.tsx';
import { useSend } from '#components/requests/use-send.ts';
import { Field } from '#components/ui/field.tsx';
import { utcWords } from '#components/ui/moment-words.ts';
import { say } from '#components/ui/toast-store.ts';
import { useAlive } from '#components/ui/use-alive.ts';
import { longestNote } from '#lib/domain/absence.ts';
import type { Outcome } from '#lib/domain/refusal.ts';

export interface AbsenceAsked {
  from: string;
  until: string;
  zone: string;
  deputy: string;
  note: string;
}
type Kept = Outcome<{ id: string; deputyAwayUntil: Date | null }>;

interface Props {
  /** One’s own, or for administrators somebody else’s. */
  set: ((asked: AbsenceAsked) => Promise<Kept>) | null;
  setFor: ((asked: AbsenceAsked & { person: string }) => Promise<Kept>) | null;
}

const empty = { person: '', from: '', until: '', deputy: '', note: '' };

/** When somebody is away, and who signs for them meanwhile. */
export function AbsenceForm({ set, setFor }: Props) {
  const [form, setForm] = useState(empty);
  const [chosenZone, setZone] = useState<string | null>(null);
  const { no, pending, send, errorOf } = useSend();
  const alive = useAlive();
  const id = useId();
  const zone = chosenZone ?? (alive ? ownZone() : 'UTC');
  const type = (change: Partial<typeof empty>) => setForm({ ...form, ...change });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const { person, ...own } = form;
    const asked = { ...own, zone };
    const run = setFor ? () => setFor({ ...asked, person: person.trim() }) : () => set?.(asked) ?? silence();
    send(run, ({ deputyAwayUntil }) => {
      setForm(empty);
      const also = deputyAwayUntil
        ? ` The deputy is away too, until ${utcWords(new Date(deputyAwayUntil))}: nobody signs in that time.`
        : '';
      say(`The absence is written down.${also}`, also ? { staysMilliseconds: 15_000 } : {});
    });
  };
  const field = (
    name: 'person' | 'deputy' | 'from' | 'until' | 'note',
    label: string,
    input: { type: 'text' | 'datetime-local'; hint?: string; max?: number },
  ) => (
    <Field error={errorOf(name)} hint={input.hint ?? null} id={`${id}-${name}`} label={label}>
      {(aria) => (
        <input
          {...aria}
          autoComplete="off"
          className="input min-w-0"
          maxLength={input.max}
          onChange={(event) => type({ [name]: event.target.value })}
          type={input.type}
          value={form[name]}
        />
      )}
    </Field>
  );
  return (
    <form className="panel grid max-w-2xl grid-cols-1 gap-3 px-4 py-4" noValidate onSubmit={submit}>
      {setFor &&
        field('person', 'Whose', {
          type: 'text',
          max: 200,
          hint: 'Their sign-in name. They are told, and it stays on record who wrote it down.',
        })}
      <div className="grid grid-cols-[repeat(auto-fit,minmax(12rem,1fr))] gap-3">
        {field('from', 'Away from', { type: 'datetime-local' })}
        {field('until', 'Until', { type: 'datetime-local' })}
      </div>
      <div className="-mt-1 text-faint text-xs">
        <ZoneField onZone={setZone} zone={zone} />
        {errorOf('zone') && <p className="text-sm text-warn">{errorOf('zone')}</p>}
      </div>
      {field('deputy', 'Who signs meanwhile', {
        ...{ type: 'text', max: 200 },
        hint: 'Their sign-in name, such as ada@contoso.com; empty: nobody. They see what waits for the absent, and never sign what they asked for themselves.',
      })}
      {field('note', 'Note', {
        type: 'text',
        max: longestNote,
        hint: 'For you, your deputy and administrators.',
      })}
      <NoNote no={no} />
      <div>
        <button aria-disabled={pending} className="btn btn-go" type="submit">
          Write it down
        </button>
      </div>
    </form>
  );
}

const silence = (): Promise<Kept> => Promise.reject(new Error('There is nothing to send it to.'));
