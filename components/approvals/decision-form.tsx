'use client';

import { useRouter } from 'next/navigation';
import { type ReactNode, useId, useState, useTransition } from 'react';
import { reasonHint } from '#components/access/reason-hint.ts';
import { useReasonRules } from '#components/access/reason-rules.tsx';
import { RefusalNote } from '#components/requests/refusal-note.tsx';
import { withStepUp } from '#components/step-up/with-step-up.ts';
import { Field } from '#components/ui/field.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { say } from '#components/ui/toast-store.ts';
import { longestJustification } from '#lib/domain/policy.ts';
import type { Outcome, RefusalCode } from '#lib/domain/refusal.ts';
import type { AskedBy } from '#lib/queries/approval-rows.ts';

export type Decide = (decision: {
  requestId: string;
  /** The stage that is shown, the first as 1; null: none is. */
  shownStage: number | null;
  decision: 'approve' | 'deny';
  justification: string;
}) => Promise<Outcome<null>>;

type No = (Outcome<null> & { ok: false }) | 'silence';

interface Props {
  requestId: string;
  shownStage: number | null;
  asks: AskedBy;
  decide: Decide;
  /** Somebody else was first: the sentence that names them. Nothing was changed. */
  onLost: (message: string) => void;
  /** What else can be done about it, after the two. */
  children?: ReactNode;
}

const overtaken: readonly RefusalCode[] = ['already_decided', 'not_pending'];
const goesTo = { pim: 'goes to PIM and to the person', stint: 'goes on record and to the person' } as const;
const sending = {
  pim: 'Kept by Stint; asking Azure…',
  stint: 'Kept; Stint looks whether it counts…',
} as const;
const whyDeny = 'A denial needs a reason: it tells the person what was missing.';

/** Approve or deny, with the reason. What was typed stays until a decision is taken. */
export function DecisionForm({ requestId, shownStage, asks, decide, onLost, children }: Props) {
  const [reason, setReason] = useState('');
  const [missing, setMissing] = useState(false);
  const [no, setNo] = useState<No | null>(null);
  const [sent, setSent] = useState(false);
  const [pending, startTransition] = useTransition();
  const router = useRouter();
  const fieldId = useId();
  const rules = useReasonRules();
  const unclear = reason.trim() ? reasonHint(reason, rules) : null;

  const send = (decision: 'approve' | 'deny') => {
    if (pending || sent) return;
    const justification = reason.trim();
    if (decision === 'deny' && !justification) {
      setMissing(true);
      document.getElementById(fieldId)?.focus();
      return;
    }
    setNo(null);
    startTransition(async () => {
      const answer = await withStepUp(() => decide({ requestId, shownStage, decision, justification })).catch(
        () => null,
      );
      if (answer?.ok) setSent(true);
      else setNo(answer ?? 'silence');
      if (answer && !answer.ok && overtaken.includes(answer.code)) {
        say(answer.message);
        onLost(answer.message);
      }
      router.refresh();
    });
  };

  return (
    <div className="grid grid-cols-1 gap-3">
      <Field
        error={
          missing
            ? whyDeny
            : no !== null && no !== 'silence' && no.field === 'justification'
              ? no.message
              : undefined
        }
        hint={`${goesTo[asks]}; needed to deny${unclear ? `. For a denial: ${unclear}` : ''}`}
        id={fieldId}
        label="Justification"
      >
        {(aria) => (
          <textarea
            {...aria}
            className="input"
            data-reason=""
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
      {no === 'silence' && (
        <Notice alert>Stint did not answer. What you typed is kept; try again in a moment.</Notice>
      )}
      {no && no !== 'silence' && no.field !== 'justification' && (
        <RefusalNote code={no.code} message={no.message} />
      )}
      <div className="flex flex-wrap items-center gap-2">
        <button
          aria-disabled={pending || sent}
          className="btn btn-go"
          data-approve=""
          onClick={() => send('approve')}
          type="button"
        >
          Approve
        </button>
        <button aria-disabled={pending || sent} className="btn" onClick={() => send('deny')} type="button">
          Deny
        </button>
        <span className="text-faint text-xs" role="status">
          {pending ? 'Sending…' : sent ? sending[asks] : ''}
        </span>
        {children}
      </div>
    </div>
  );
}
