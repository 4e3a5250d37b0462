'use client';

import { type FormEvent, useId, useState } from 'react';
import { Field } from '#components/ui/field.tsx';
import { longestJustification } from '#lib/domain/policy.ts';
import type { Outcome } from '#lib/domain/refusal.ts';
import { NoNote } from './no-note.tsx';
import { useSend } from './use-send.ts';

export type Say = (said: { requestId: string; text: string }) => Promise<Outcome<null>>;

interface Props {
  requestId: string;
  say: Say;
  label: string;
  hint: string;
  button: string;
  onSent?: () => void;
  onCancel?: (() => void) | undefined;
}

/** One text into the thread of a request. */
export function SayForm({ requestId, say, label, hint, button, onSent, onCancel }: Props) {
  const [text, setText] = useState('');
  const { no, pending, send, errorOf } = useSend();
  const id = useId();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    send(
      () => say({ requestId, text: text.trim() }),
      () => {
        setText('');
        onSent?.();
      },
    );
  };
  return (
    <form className="grid grid-cols-1 gap-2" noValidate onSubmit={submit}>
      <Field error={errorOf('text')} hint={hint} id={id} label={label}>
        {(aria) => (
          <textarea
            {...aria}
            className="input"
            dir="auto"
            maxLength={longestJustification}
            onChange={(event) => setText(event.target.value)}
            rows={2}
            value={text}
          />
        )}
      </Field>
      <NoNote no={no} />
      <div className="flex gap-1.5">
        <button aria-disabled={pending} className="btn btn-small btn-go" type="submit">
          {button}
        </button>
        {onCancel && (
          <button className="btn btn-small btn-quiet" onClick={onCancel} type="button">
            Back
          </button>
        )}
      </div>
    </form>
  );
}
