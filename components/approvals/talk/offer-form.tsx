'use client';

import { type FormEvent, useEffect, useId, useRef, useState } from 'react';
import { parseDuration } from '#components/access/parse-duration.ts';
import { ownZone } from '#components/access/timing.ts';
import { NoNote } from '#components/requests/no-note.tsx';
import { useSend } from '#components/requests/use-send.ts';
import { Field } from '#components/ui/field.tsx';
import { longestJustification } from '#lib/domain/policy.ts';
import { inWords } from '#lib/domain/time.ts';
import { momentOfField } from '#lib/domain/wall-time.ts';
import type { TalkFacts } from '#lib/queries/talk-rows.ts';
import { PlaceChoice } from './place-choice.tsx';
import type { TalkVerbs } from './talk-verbs.ts';

interface Props {
  requestId: string;
  facts: TalkFacts;
  verbs: TalkVerbs;
  onSent: () => void;
  onCancel: () => void;
}

/** Less than is asked: shorter, narrower, later. The requester takes it in one click. */
export function OfferForm({ requestId, facts, verbs, onSent, onCancel }: Props) {
  const { asked, hasPlaces, stage } = facts;
  const [length, setLength] = useState(inWords(asked.minutes));
  const [scopeId, setScopeId] = useState('');
  const [start, setStart] = useState('');
  const [reason, setReason] = useState('');
  const [signs, setSigns] = useState(false);
  const [unread, setUnread] = useState(false);
  const { no, pending, send, errorOf } = useSend();
  const first = useRef<HTMLInputElement>(null);
  const id = useId();
  useEffect(() => first.current?.focus(), []);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const minutes = parseDuration(length);
    setUnread(minutes === null);
    if (minutes === null) return;
    const startsAt = start ? momentOfField(start, ownZone())?.toISOString() : undefined;
    const less = { scopeId: scopeId || undefined, startsAt, minutes };
    send(() => verbs.offer({ requestId, shownStage: stage, ...less, reason: reason.trim(), signs }), onSent);
  };
  return (
    <form className="grid grid-cols-1 gap-2.5" noValidate onSubmit={submit}>
      <div className="grid grid-cols-[repeat(auto-fit,minmax(11rem,1fr))] gap-2.5">
        <Field
          error={unread ? 'Write a length such as 45 min or 1 h 30 min.' : errorOf('minutes')}
          hint={`asked: ${inWords(asked.minutes)}`}
          id={`${id}-length`}
          label="How long"
        >
          {(aria) => (
            <input
              {...aria}
              autoComplete="off"
              className="input min-w-0"
              onChange={(event) => setLength(event.target.value)}
              ref={first}
              value={length}
            />
          )}
        </Field>
        <Field error={errorOf('startsAt')} hint="empty: as asked" id={`${id}-start`} label="Not before">
          {(aria) => (
            <input
              {...aria}
              className="input min-w-0"
              onChange={(event) => setStart(event.target.value)}
              type="datetime-local"
              value={start}
            />
          )}
        </Field>
      </div>
      {hasPlaces && (
        <PlaceChoice
          asked={asked.scopeName}
          error={errorOf('scopeId')}
          id={`${id}-place`}
          load={verbs.places}
          onValue={setScopeId}
          requestId={requestId}
          value={scopeId}
        />
      )}
      <Field
        error={errorOf('reason') ?? errorOf('justification')}
        hint="The requester reads it."
        id={`${id}-reason`}
        label="Why less"
      >
        {(aria) => (
          <textarea
            {...aria}
            className="input"
            dir="auto"
            maxLength={longestJustification}
            onChange={(event) => setReason(event.target.value)}
            rows={2}
            value={reason}
          />
        )}
      </Field>
      <label className="flex items-start gap-1.5 text-sm">
        <input
          checked={signs}
          className="check shrink-0"
          onChange={(event) => setSigns(event.target.checked)}
          type="checkbox"
        />
        <span className="pt-0.5">
          And I sign that.{' '}
          <span className="text-faint text-xs">
            Taken, it counts as your signature; otherwise you sign it then.
          </span>
        </span>
      </label>
      <NoNote no={no} />
      <div className="flex gap-1.5">
        <button aria-disabled={pending} className="btn btn-small btn-go" type="submit">
          Offer
        </button>
        <button className="btn btn-small btn-quiet" onClick={onCancel} type="button">
          Back
        </button>
      </div>
    </form>
  );
}
