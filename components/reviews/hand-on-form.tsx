import { type FormEvent, useEffect, useId, useRef, useState } from 'react';
import { Field } from '#components/ui/field.tsx';
import type { Outcome } from '#lib/domain/refusal.ts';
import { longestRationale } from '#lib/domain/review-decision.ts';
import type { Desk } from './use-desk.ts';

interface Props {
  desk: Desk;
  send: (to: string, note: string) => Promise<Outcome<{ refused: unknown[] }>>;
  onCancel: () => void;
}

/** Gives items to somebody who knows better. */
export function HandOnForm({ desk, send, onCancel }: Props) {
  const [to, setTo] = useState('');
  const [note, setNote] = useState('');
  const first = useRef<HTMLInputElement>(null);
  const id = useId();
  useEffect(() => first.current?.focus(), []);

  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    desk.send(
      () => send(to.trim(), note.trim()),
      ({ refused }) => refused.length === 0 && onCancel(),
    );
  };
  const no =
    desk.no !== null && desk.no !== 'silence' && desk.no.field === 'to' ? desk.no.message : undefined;
  return (
    <form className="grid grid-cols-1 gap-2" onSubmit={onSubmit}>
      <Field
        error={no}
        hint="Their sign-in name, such as ada@contoso.com. They decide then; never the one who has the access."
        id={`${id}-to`}
        label="Who knows"
      >
        {(aria) => (
          <input
            {...aria}
            autoComplete="off"
            className="input"
            maxLength={200}
            onChange={(event) => setTo(event.target.value)}
            ref={first}
            required
            value={to}
          />
        )}
      </Field>
      <Field id={`${id}-note`} label="Note for them">
        {(aria) => (
          <input
            {...aria}
            autoComplete="off"
            className="input"
            maxLength={longestRationale}
            onChange={(event) => setNote(event.target.value)}
            value={note}
          />
        )}
      </Field>
      <div className="flex gap-1.5">
        <button aria-disabled={desk.pending} className="btn btn-small btn-go" type="submit">
          Hand on
        </button>
        <button className="btn btn-small btn-quiet" onClick={onCancel} type="button">
          Back
        </button>
      </div>
    </form>
  );
}
