import { Chip, type Tone } from '#components/ui/chip.tsx';
import { When } from '#components/ui/when.tsx';
import type { ChangeState as State } from '#lib/domain/access-change.ts';
import { changeStateNames, undoWords } from '#lib/domain/change-words.ts';
import type { ChangeRow } from '#lib/queries/review-rows.ts';

const tones: Record<State, Tone> = {
  held: 'warn',
  waiting: 'plain',
  applying: 'plain',
  confirming: 'plain',
  done: 'live',
  blocked: 'warn',
  refused: 'risk',
  withdrawn: 'plain',
};

/** What became of a decision in the tenant, and what a person has to do where Stint cannot. */
export function ChangeState({ change }: { change: ChangeRow }) {
  return (
    <div className="grid grid-cols-1 gap-1 text-sm">
      <p>
        <Chip tone={tones[change.state]}>{changeStateNames[change.state]}</Chip>{' '}
        {change.confirmedAt && (
          <span className="text-soft">
            the tenant shows it since <When at={change.confirmedAt} />
            {change.endsAt && (
              <>
                , and ends it <When at={change.endsAt} />
              </>
            )}
          </span>
        )}
      </p>
      {change.undo && (
        <p className="text-soft">
          {undoWords(change.undo)}
          {change.undo.confirmedAt && (
            <>
              {' '}
              <When at={change.undo.confirmedAt} />
            </>
          )}
        </p>
      )}
      {change.explanation && <p className="text-soft">{change.explanation}</p>}
      {change.manualCommand && (
        <pre className="whitespace-pre-wrap break-all rounded-md bg-wash px-2.5 py-1.5 text-xs">
          <code>{change.manualCommand}</code>
        </pre>
      )}
    </div>
  );
}
