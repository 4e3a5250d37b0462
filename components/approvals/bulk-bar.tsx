'use client';

import { useRouter } from 'next/navigation';
import { useId, useState, useTransition } from 'react';
import { NoNote } from '#components/requests/no-note.tsx';
import type { No } from '#components/requests/use-action.ts';
import { withStepUp } from '#components/step-up/with-step-up.ts';
import { Field } from '#components/ui/field.tsx';
import { say } from '#components/ui/toast-store.ts';
import { longestJustification } from '#lib/domain/policy.ts';
import type { Outcome } from '#lib/domain/refusal.ts';

export interface RefusedOne {
  requestId: string;
  message: string;
}

interface Chosen {
  requestId: string;
  shownStage: number | null;
}

export type DecideTogether = (input: {
  asked: Chosen[];
  decision: 'approve' | 'deny';
  justification: string;
}) => Promise<Outcome<{ refused: RefusedOne[] }>>;

interface Props {
  chosen: Chosen[];
  decideTogether: DecideTogether;
  /** Those that were not taken, each with why. */
  onAnswered: (refused: RefusedOne[]) => void;
  onNone: () => void;
}

/** At the foot of the page: one decision and one reason for all that are chosen. Each is taken or refused on its own. */
export function BulkBar({ chosen, decideTogether, onAnswered, onNone }: Props) {
  const [reason, setReason] = useState('');
  const [missing, setMissing] = useState(false);
  const [no, setNo] = useState<No | null>(null);
  const [pending, startTransition] = useTransition();
  const router = useRouter();
  const id = useId();
  const count = chosen.length === 1 ? '1 request' : `${chosen.length} requests`;

  const send = (decision: 'approve' | 'deny') => {
    if (pending) return;
    const justification = reason.trim();
    if (!justification) {
      setMissing(true);
      document.getElementById(id)?.focus();
      return;
    }
    setNo(null);
    startTransition(async () => {
      const answer = await withStepUp(() => decideTogether({ asked: chosen, decision, justification })).catch(
        () => null,
      );
      if (!answer?.ok) setNo(answer ?? 'silence');
      else {
        const { refused } = answer.value;
        say(wordsOf(decision, chosen.length - refused.length, refused.length));
        if (refused.length === 0) setReason('');
        onAnswered(refused);
      }
      router.refresh();
    });
  };

  return (
    <section
      aria-label="Chosen requests"
      className="sticky bottom-0 z-10 mt-3 grid grid-cols-1 gap-2.5 rounded-lg border border-line-2 bg-sheet px-4 py-3 shadow-float"
    >
      <Field
        error={missing ? 'Say why, once for all of them: it stays on record with each.' : undefined}
        id={id}
        label={`Reason for ${count}`}
      >
        {(aria) => (
          <textarea
            {...aria}
            className="input"
            maxLength={longestJustification}
            onChange={(event) => {
              setReason(event.target.value);
              setMissing(false);
            }}
            rows={1}
            value={reason}
          />
        )}
      </Field>
      <div className="flex flex-wrap items-center gap-2">
        <button
          aria-disabled={pending}
          className="btn btn-small btn-go"
          onClick={() => send('approve')}
          type="button"
        >
          Approve {chosen.length}
        </button>
        <button aria-disabled={pending} className="btn btn-small" onClick={() => send('deny')} type="button">
          Deny {chosen.length}
        </button>
        <button className="btn btn-small btn-quiet" onClick={onNone} type="button">
          Choose none
        </button>
        <span className="text-faint text-xs" role="status">
          {pending ? 'Sending…' : ''}
        </span>
      </div>
      <NoNote no={no} />
    </section>
  );
}

function wordsOf(decision: 'approve' | 'deny', taken: number, refused: number): string {
  const done = `${taken} ${decision === 'approve' ? 'approved' : 'denied'}`;
  return refused === 0 ? done : `${done}, ${refused} not: each says why`;
}
