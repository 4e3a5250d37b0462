import { useEffect, useRef, useState } from 'react';
import type { StepUpOutcome } from '#lib/domain/step-up.ts';
import { listen } from './news.ts';

/** How far the sign-in is: not begun, in its window, not let open one, closed by hand, or come to nothing. */
export type Stage =
  | { at: 'ask' | 'open' | 'blocked' | 'closed' }
  | { at: 'over'; outcome: Exclude<StepUpOutcome, 'done'> };

const features = 'popup,width=540,height=720';
const glanceMs = 500;

interface Subject {
  requestId: string;
  decisionId: string | undefined;
}

export function stepUpPath({ requestId, decisionId }: Subject, where: 'popup' | 'page'): string {
  const query = { request: requestId, in: where, ...(decisionId && { decision: decisionId }) };
  return `/auth/step-up?${new URLSearchParams(query)}`;
}

/** The window of one stronger sign-in: opened in the click, watched until it tells how it went or is closed. */
export function useStepUp(subject: Subject, onDone: () => void) {
  const { requestId } = subject;
  const [stage, setStage] = useState<Stage>({ at: 'ask' });
  const opened = useRef<Window | null>(null);
  const done = useRef(onDone);
  done.current = onDone;

  useEffect(
    () =>
      listen((news) => {
        // A window that does not know any more what it was for is ours, if ours is open.
        if (news.requestId ? news.requestId !== requestId : !opened.current) return;
        opened.current = null;
        if (news.outcome === 'done') done.current();
        else setStage({ at: 'over', outcome: news.outcome });
      }),
    [requestId],
  );

  useEffect(() => {
    if (stage.at !== 'open') return;
    const glance = setInterval(() => {
      if (opened.current?.closed) setStage({ at: 'closed' });
    }, glanceMs);
    return () => clearInterval(glance);
  }, [stage.at]);

  const open = () => {
    opened.current = window.open(stepUpPath(subject, 'popup'), 'stint-step-up', features);
    opened.current?.focus();
    setStage({ at: opened.current ? 'open' : 'blocked' });
  };

  return { stage, open };
}
