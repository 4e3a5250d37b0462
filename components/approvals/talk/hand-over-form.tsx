'use client';

import { type FormEvent, useEffect, useId, useRef, useState } from 'react';
import { NoNote } from '#components/requests/no-note.tsx';
import { useSend } from '#components/requests/use-send.ts';
import { Field } from '#components/ui/field.tsx';
import { longestJustification } from '#lib/domain/policy.ts';
import type { TalkVerbs } from './talk-verbs.ts';

interface Props {
  requestId: string;
  handOver: TalkVerbs['handOver'];
  onSent: () => void;
  onCancel: () => void;
}

/** Names somebody who may sign this in one’s place. */
export function HandOverForm({ requestId, handOver, onSent, onCancel }: Props) {
  const [to, setTo] = useState('');
  const [reason, setReason] = useState('');
  const { no, pending, send, errorOf } = useSend();
  const first = useRef<HTMLInputElement>(null);
  const id = useId();
  useEffect(() => first.current?.focus(), []);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    send(() => handOver({ requestId, to: to.trim(), reason: reason.trim() }), onSent);
  };
  return (
    <form className="grid grid-cols-1 gap-2" noValidate onSubmit={submit}>
      <Field
        error={errorOf('to')}
        hint="Their sign-in name, such as ada@contoso.com. They may sign this one stage in your place; of you two, one signs."
        id={`${id}-to`}
        label="Who signs instead"
      >
        {(aria) => (
          <input
            {...aria}
            autoComplete="off"
            className="input"
            maxLength={200}
            onChange={(event) => setTo(event.target.value)}
            ref={first}
            value={to}
          />
        )}
      </Field>
      <Field
        error={errorOf('reason')}
        hint="They read it, and so does the requester."
        id={`${id}-reason`}
        label="Why"
      >
        {(aria) => (
          <input
            {...aria}
            autoComplete="off"
            className="input"
            maxLength={longestJustification}
            onChange={(event) => setReason(event.target.value)}
            value={reason}
          />
        )}
      </Field>
      <NoNote no={no} />
      <div className="flex gap-1.5">
        <button aria-disabled={pending} className="btn btn-small btn-go" type="submit">
          Hand over
        </button>
        <button className="btn btn-small btn-quiet" onClick={onCancel} type="button">
          Back
        </button>
      </div>
    </form>
  );
}
