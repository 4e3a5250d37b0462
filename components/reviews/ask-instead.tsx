'use client';

import { useState } from 'react';
import { NoNote } from '#components/requests/no-note.tsx';
import { say } from '#components/ui/toast-store.ts';
import type { Outcome } from '#lib/domain/refusal.ts';
import { countOf } from './count-words.ts';
import { HandOnForm } from './hand-on-form.tsx';
import { useDesk } from './use-desk.ts';

export type AskInsteadVerb = (asked: {
  campaignId: string;
  from: string | null;
  to: string;
  note: string;
}) => Promise<Outcome<{ handed: number; left: number }>>;

interface Props {
  campaignId: string;
  /** Whose items; null: those that nobody is asked about. */
  from: string | null;
  label: string;
  /** Who was asked so far, for those who do not see the row. */
  than?: string;
  ask: AskInsteadVerb;
}

/** For who runs the review: somebody else is asked about what one reviewer, or nobody, has left. */
export function AskInstead({ campaignId, from, label, than, ask }: Props) {
  const [asking, setAsking] = useState(false);
  const desk = useDesk();
  if (!asking) {
    return (
      <button
        aria-label={than && `${label} than ${than}`}
        className="btn btn-small btn-quiet -ml-2 flex"
        onClick={() => setAsking(true)}
        type="button"
      >
        {label}
      </button>
    );
  }
  const isOfField = desk.no !== null && desk.no !== 'silence' && desk.no.field === 'to';
  return (
    <div className="mt-2 grid max-w-sm gap-2">
      <HandOnForm
        desk={desk}
        onCancel={() => setAsking(false)}
        send={async (to, note) => {
          const answer = await ask({ campaignId, from, to, note });
          if (!answer.ok) return answer;
          const { handed, left } = answer.value;
          const own = left > 0 ? ` ${countOf(left, 'item')} of their own or your access stay.` : '';
          say(`${countOf(handed, 'item')} handed on.${own}`);
          return { ok: true, value: { refused: [] } };
        }}
      />
      {!isOfField && <NoNote no={desk.no} />}
    </div>
  );
}
