import { type FormEvent, useEffect, useId, useRef, useState } from 'react';
import { Field } from '#components/ui/field.tsx';
import type { ItemDecision } from '#lib/domain/campaign.ts';
import { longestRationale } from '#lib/domain/review-decision.ts';
import { decisionMeans, decisionNames } from '#lib/domain/review-words.ts';

interface Props {
  decision: ItemDecision;
  begin: string;
  /** The group that would be left; what else it gives has to be seen. */
  group: string | null;
  pending: boolean;
  onSend: (rationale: string) => void;
  onCancel: () => void;
}

/** The reason of one decision, and that the reviewer knows what it takes with it. */
export function RationaleForm({ decision, begin, group, pending, onSend, onCancel }: Props) {
  const [rationale, setRationale] = useState(begin);
  const [seen, setSeen] = useState(false);
  const [missing, setMissing] = useState<'rationale' | 'seen' | null>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const id = useId();
  useEffect(() => field.current?.focus(), []);

  const send = (event: FormEvent) => {
    event.preventDefault();
    const lacks = !rationale.trim() ? 'rationale' : group && !seen ? 'seen' : null;
    setMissing(lacks);
    if (lacks === 'rationale') field.current?.focus();
    if (!lacks) onSend(rationale.trim());
  };
  return (
    <form className="grid grid-cols-1 gap-2" onSubmit={send}>
      {decisionMeans[decision] && <p className="text-sm">{decisionMeans[decision]}</p>}
      <Field
        error={missing === 'rationale' ? 'Say why, in a few words: it stays on record.' : undefined}
        hint="stays on record"
        id={id}
        label="Reason"
      >
        {(aria) => (
          <textarea
            {...aria}
            className="input"
            maxLength={longestRationale}
            onChange={(event) => setRationale(event.target.value)}
            onKeyDown={(event) => event.key === 'Enter' && (event.ctrlKey || event.metaKey) && send(event)}
            ref={field}
            rows={2}
            value={rationale}
          />
        )}
      </Field>
      {group && (
        <div>
          <label className="flex items-start gap-1.5 text-sm">
            <input
              aria-describedby={missing === 'seen' ? `${id}-seen` : undefined}
              aria-invalid={missing === 'seen'}
              checked={seen}
              className="check shrink-0"
              onChange={(event) => setSeen(event.target.checked)}
              type="checkbox"
            />
            <span className="pt-0.5">I have seen what else leaving {group} takes away</span>
          </label>
          {missing === 'seen' && (
            <p className="text-sm text-warn" id={`${id}-seen`}>
              It is listed on this page. Look, and then say so.
            </p>
          )}
        </div>
      )}
      <div className="flex flex-wrap gap-1.5">
        <button aria-disabled={pending} className="btn btn-small btn-go" type="submit">
          {decisionNames[decision]}, with this reason
        </button>
        <button className="btn btn-small btn-quiet" onClick={onCancel} type="button">
          Back
        </button>
      </div>
    </form>
  );
}
