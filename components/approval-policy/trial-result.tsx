import { Chip, type Tone } from '#components/ui/chip.tsx';
import { heldByWords } from '#lib/domain/held-by.ts';
import { inWords } from '#lib/domain/time.ts';
import type { TrialAnswer } from '#lib/queries/approval-policy-rows.ts';
import { TrailList } from './trail-list.tsx';

const words: Record<TrialAnswer['is'], { tone: Tone; says: string }> = {
  none: { tone: 'plain', says: 'Stint would ask nobody: no rule is about this. What PIM asks holds.' },
  automatic: { tone: 'live', says: 'It would pass without a person, on record, by' },
  stages: { tone: 'warn', says: 'It would wait for signatures, by' },
  frozen: { tone: 'risk', says: 'It would be refused, by' },
};

/** What would happen, who could sign now, and rule by rule why. */
export function TrialResult({ answer }: { answer: TrialAnswer }) {
  const { tone, says } = words[answer.is];
  return (
    <div className="grid grid-cols-1 gap-4 text-sm">
      <div className="panel grid gap-1 px-3.5 py-3">
        <p className="font-[550]">
          {says} {answer.name && <>“{answer.name}”</>}
        </p>
        {answer.is !== 'none' && (
          <p className="text-soft">
            <Chip tone={tone}>{heldByWords(answer.held.by)}</Chip> {answer.held.sentence}
          </p>
        )}
      </div>
      {answer.stages.map((stage, n) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a stage is known by its place.
        <section aria-label={`Stage ${n + 1}`} className="grid gap-1" key={n}>
          <h3 className="font-semibold text-sm">
            Stage {n + 1}: {stage.signatures} of {stage.approvers.length} who could sign now{' '}
            <span className="font-normal text-faint">{stage.name}</span>
          </h3>
          {stage.approvers.length < stage.signatures && (
            <p className="text-warn">
              {stage.approvers.length === 0 ? 'Nobody' : 'Not enough people'} could sign it now: it would
              wait, and lapse. Who is in a group that was named just now is read within minutes.
            </p>
          )}
          <ul className="space-y-0.5">
            {stage.approvers.map(({ id, name, through, forName }) => (
              <li key={id}>
                {name}{' '}
                <span className="text-faint text-xs">
                  {[through, forName && `stands in for ${forName}`].filter(Boolean).join(', ')}
                </span>
              </li>
            ))}
            {stage.leftOut.map(({ id, name, why }) => (
              <li className="text-soft" key={id}>
                <s>{name}</s> <span className="text-xs">{why}</span>
              </li>
            ))}
            {stage.later && (
              <li className="text-soft">
                After {inWords(stage.later.afterMinutes)} also {stage.later.names.join(', ') || 'nobody more'}
              </li>
            )}
          </ul>
        </section>
      ))}
      <TrailList trail={answer.trail} />
    </div>
  );
}
