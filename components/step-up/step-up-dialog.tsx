'use client';

import { stepUpOutcomes } from '#lib/domain/step-up.ts';
import type { StepUpAsk } from '#lib/queries/rows.ts';
import { StepUpShell } from './step-up-shell.tsx';
import { type Stage, stepUpPath, useStepUp } from './use-step-up.ts';

interface Props {
  requestId: string;
  decisionId: string | undefined;
  /** Of the role, at its scope. */
  name: string;
  ask: StepUpAsk;
  onDone: () => void;
  onClose: () => void;
}

/** Azure's own challenge: the sign-in in a window of its own, or here where the browser lets none open. */
export function StepUpDialog({ requestId, decisionId, name, ask, onDone, onClose }: Props) {
  const { stage, open } = useStepUp({ requestId, decisionId }, onDone);
  const here = (
    <a
      className={stage.at === 'blocked' ? 'btn btn-go' : 'btn'}
      href={stepUpPath({ requestId, decisionId }, 'page')}
    >
      Sign in in this window
    </a>
  );
  return (
    <StepUpShell
      actions={
        <>
          {stage.at !== 'blocked' && !isSessionOver(stage) && (
            <button className="btn btn-go" onClick={open} type="button">
              {stage.at === 'open' ? 'Open it again' : stage.at === 'ask' ? 'Sign in' : 'Sign in once more'}
            </button>
          )}
          {isSessionOver(stage) && (
            <a
              className="btn btn-go"
              href={`/auth/sign-in?returnTo=${encodeURIComponent(`/requests/${requestId}`)}`}
            >
              Sign in to Stint
            </a>
          )}
          {(stage.at === 'blocked' || stage.at === 'closed') && here}
        </>
      }
      onClose={onClose}
      title="Microsoft asks for a stronger sign-in"
    >
      {stage.at === 'ask' && (
        <p>
          <bdi className="font-[550] text-ink">{name}</bdi> asks for {ask.what}. Your{' '}
          {decisionId ? 'decision' : 'request'} is kept. Sign in at Microsoft with the account you use here,
          and it goes on by itself.
        </p>
      )}
      {stage.at === 'ask' && ask.repeats > 0 && (
        <p>
          You did so before, and Microsoft asked for the same again. If it does so once more, only your
          administrator can help: the reason is beside the request.
        </p>
      )}
      <p role="status">{wordsFor(stage)}</p>
    </StepUpShell>
  );
}

function wordsFor(stage: Stage): string {
  switch (stage.at) {
    case 'ask':
      return '';
    case 'open':
      return 'Microsoft’s window is open. Finish there: this page goes on by itself.';
    case 'blocked':
      return 'Your browser did not let the window open. Sign in in this one instead: you come back to this request.';
    case 'closed':
      return 'The window was closed before the sign-in was done. Nothing was sent; your request still waits.';
    case 'over':
      return stepUpOutcomes[stage.outcome];
  }
}

function isSessionOver(stage: Stage): boolean {
  return stage.at === 'over' && stage.outcome === 'session_over';
}
