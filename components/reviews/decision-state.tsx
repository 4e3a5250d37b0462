import { Chip, type Tone } from '#components/ui/chip.tsx';
import type { ItemDecision } from '#lib/domain/campaign.ts';
import { decisionNames } from '#lib/domain/review-words.ts';
import type { ItemRow } from '#lib/queries/review-rows.ts';

const tones: Record<ItemDecision, Tone> = {
  ...{ keep: 'live', remove: 'risk', make_eligible: 'warn', make_time_bound: 'warn' },
};
const advice: Record<ItemDecision, string> = {
  keep: 'Stint would keep it.',
  remove: 'Stint would remove it.',
  make_eligible: 'Stint would make it eligible.',
  make_time_bound: 'Stint would give it an end.',
};

/** What was decided, by whom and why; before that, what Stint recommends and why. */
export function DecisionState({ row }: { row: ItemRow }) {
  if (!row.decision) return <Recommended row={row} />;
  const { decision, decidedByName, submittedAt, bySilence, rationale } = row;
  const who = bySilence ? 'by silence' : decidedByName ? `by ${decidedByName}` : '';
  return (
    <>
      <Chip tone={tones[decision]}>{decisionNames[decision]}</Chip>{' '}
      <span className="text-soft">
        {who}
        {!submittedAt && !bySilence && ' · a draft, not submitted'}
      </span>
      {rationale && <span className="block break-words text-soft">“{rationale}”</span>}
      <span className="block text-faint text-xs">
        <Recommended row={row} />
      </span>
    </>
  );
}

function Recommended({ row: { recommendation, recommendationWhy } }: { row: ItemRow }) {
  return (
    <>
      <span className={recommendation === 'keep' ? '' : 'font-[550]'}>{advice[recommendation]}</span>{' '}
      <span className="text-soft">{recommendationWhy}</span>
    </>
  );
}
