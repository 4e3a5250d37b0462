import { Ago } from '#components/ui/ago.tsx';
import type { ApprovalCard } from '#lib/queries/approval-rows.ts';
import { beforeWords, lastWords, othersWords, ruleWords } from './card-words.ts';

/** A line each, of the card's list: what the person did before, what the policy asks, who else is there. */
export function CardHabits({ card, now }: { card: ApprovalCard; now: Date }) {
  const { before, stage, others } = card;
  const [last] = before.last;
  return (
    <>
      <dt>Before</dt>
      <dd>
        {beforeWords(before)}
        {last && (
          <>
            ; last <Ago at={last.at} now={now} />: {lastWords(last)}
          </>
        )}
      </dd>
      {stage && (
        <>
          <dt>Policy</dt>
          <dd>{ruleWords(stage)}</dd>
        </>
      )}
      <dt>Others</dt>
      <dd>{othersWords(others, now)}</dd>
    </>
  );
}
