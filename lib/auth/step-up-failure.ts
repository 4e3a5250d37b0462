import { type StepUpOutcome, stepUpOutcomes } from '#lib/domain/step-up.ts';
import type { StepUp } from './sign-in-attempt.ts';

/** A stronger sign-in that came to nothing. The request it was for waits as before. */
export class StepUpFailure extends Error {
  readonly reason: Exclude<StepUpOutcome, 'done'>;
  /** What it was for; null: nobody knows any more. */
  readonly stepUp: StepUp | null;
  constructor(reason: Exclude<StepUpOutcome, 'done'>, stepUp: StepUp | null, cause?: unknown) {
    super(stepUpOutcomes[reason], { cause });
    this.name = 'StepUpFailure';
    this.reason = reason;
    this.stepUp = stepUp;
  }
}
