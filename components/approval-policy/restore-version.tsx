'use client';

import { type FormEvent, useId, useState } from 'react';
import { NoNote } from '#components/requests/no-note.tsx';
import { useAction } from '#components/requests/use-action.ts';
import { Field } from '#components/ui/field.tsx';
import { say } from '#components/ui/toast-store.ts';
import type { Outcome } from '#lib/domain/refusal.ts';

interface Props {
  version: number;
  newest: number;
  restore: (asked: { restored: number; note: string; version: number }) => Promise<Outcome<null>>;
}

/** Puts an old version in force again, with a note that says why. */
export function RestoreVersion({ version, newest, restore }: Props) {
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  const [note, setNote] = useState('');
  const { no, pending, press } = useAction(async () => {
    const answer = await restore({ restored: version, note, version: newest });
    if (answer.ok) {
      setOpen(false);
      say(`Version ${version} holds again, as a new one.`);
    }
    return answer;
  });
  if (!isOpen) {
    return (
      <p>
        <button className="btn btn-small" onClick={() => setOpen(true)} type="button">
          Restore<span className="sr-only"> version {version}</span>
        </button>
      </p>
    );
  }
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (note.trim() !== '') press();
  };
  return (
    <form className="grid max-w-prose grid-cols-1 gap-2" onSubmit={send}>
      <Field hint="kept with the new version" id={id} label="Why">
        {(aria) => (
          <input
            {...aria}
            autoComplete="off"
            className="input"
            maxLength={500}
            onChange={(event) => setNote(event.target.value)}
            value={note}
          />
        )}
      </Field>
      <div className="flex flex-wrap gap-2">
        <button aria-disabled={pending || note.trim() === ''} className="btn btn-go btn-small" type="submit">
          Restore version {version}
        </button>
        <button className="btn btn-small" onClick={() => setOpen(false)} type="button">
          Leave it
        </button>
      </div>
      <NoNote no={no} />
    </form>
  );
}
