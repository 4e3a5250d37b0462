import { useId, useState } from 'react';
import { NoNote } from '#components/requests/no-note.tsx';
import { Field } from '#components/ui/field.tsx';
import { say } from '#components/ui/toast-store.ts';
import { type ItemDecision, itemDecisions } from '#lib/domain/campaign.ts';
import { longestRationale } from '#lib/domain/review-decision.ts';
import { decisionMeans, decisionNames } from '#lib/domain/review-words.ts';
import type { ItemRow, Progress } from '#lib/queries/review-rows.ts';
import { countOf } from './count-words.ts';
import { HandOnForm } from './hand-on-form.tsx';
import type { Desk, ItemVerbs } from './use-desk.ts';

interface Props {
  campaignId: string;
  chosen: ItemRow[];
  progress: Progress;
  desk: Desk;
  verbs: ItemVerbs;
  onDone: () => void;
}

/** At the foot of the page: what is done with the chosen ones, and with the drafts. */
export function DeskBar(props: Props) {
  const { chosen, progress, desk, campaignId, verbs } = props;
  const isOnField = desk.no !== null && desk.no !== 'silence' && desk.no.field === 'to';
  const no = isOnField ? null : desk.no;
  if (chosen.length === 0 && progress.drafts === 0 && !no) return null;
  const submit = () =>
    desk.send(
      () => verbs.submit({ campaignId, itemIds: 'all' }),
      (count) => say(`${countOf(count, 'decision')} submitted. They can be changed until the close.`),
    );
  return (
    <section
      aria-label={chosen.length > 0 ? 'Chosen items' : 'Drafts'}
      className="sticky bottom-0 z-10 mt-3 grid grid-cols-1 gap-2.5 rounded-lg border border-line-2 bg-sheet px-4 py-3 shadow-float"
    >
      {chosen.length > 0 ? (
        <Bulk {...props} />
      ) : progress.drafts === 0 ? null : (
        <div className="flex flex-wrap items-center gap-3">
          <button aria-disabled={desk.pending} className="btn btn-go" onClick={submit} type="button">
            Submit {countOf(progress.drafts, 'draft')}
          </button>
          <span className="text-soft text-sm">A draft counts for nothing until it is submitted.</span>
        </div>
      )}
      <NoNote no={no} />
    </section>
  );
}

function Bulk({ campaignId, chosen, desk, verbs, onDone }: Props) {
  const [rationale, setRationale] = useState('');
  const [missing, setMissing] = useState(false);
  const [handing, setHanding] = useState(false);
  const id = useId();
  const choices = itemDecisions.filter((one) => chosen.every((row) => row.choices.includes(one)));
  const decide = (decision: ItemDecision) => {
    if (!rationale.trim()) {
      setMissing(true);
      document.getElementById(id)?.focus();
      return;
    }
    const items = chosen.map((row) => ({ id: row.id, version: row.version }));
    desk.send(
      () => verbs.decide({ campaignId, items, decision, rationale: rationale.trim(), hasSeenGroup: false }),
      onDone,
    );
  };
  if (handing) {
    const itemIds = chosen.map((row) => row.id);
    return (
      <HandOnForm
        desk={desk}
        onCancel={() => setHanding(false)}
        send={async (to, note) => {
          const answer = await verbs.handOn({ campaignId, itemIds, to, note });
          if (answer.ok) onDone();
          return answer;
        }}
      />
    );
  }
  return (
    <>
      <Field
        error={missing ? 'Say why, once for all of them: it stays on record.' : undefined}
        id={id}
        label={`Reason for ${countOf(chosen.length, 'item')}`}
      >
        {(aria) => (
          <textarea
            {...aria}
            className="input"
            maxLength={longestRationale}
            onChange={(event) => {
              setRationale(event.target.value);
              setMissing(false);
            }}
            rows={1}
            value={rationale}
          />
        )}
      </Field>
      {choices.map(
        (decision) =>
          decisionMeans[decision] && (
            <p className="text-sm text-soft" key={decision}>
              <span className="font-[550]">{decisionNames[decision]}:</span> {decisionMeans[decision]}
            </p>
          ),
      )}
      <div className="flex flex-wrap items-center gap-1.5">
        {choices.map((decision) => (
          <button
            aria-disabled={desk.pending}
            className="btn btn-small"
            key={decision}
            onClick={() => decide(decision)}
            type="button"
          >
            {decisionNames[decision]} {chosen.length}
          </button>
        ))}
        <button className="btn btn-small btn-quiet" onClick={() => setHanding(true)} type="button">
          Not mine
        </button>
        <button className="btn btn-small btn-quiet" onClick={onDone} type="button">
          Choose none
        </button>
      </div>
    </>
  );
}
