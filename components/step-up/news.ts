import { isStepUpOutcome, type StepUpOutcome } from '#lib/domain/step-up.ts';

const channel = 'stint-step-up';

/** What the window of a stronger sign-in tells the pages of this browser. Words for the screen: nothing is done on its say-so. */
export interface StepUpNews {
  outcome: StepUpOutcome;
  /** null: the window does not know what it was for any more. */
  requestId: string | null;
}

export function tell(news: StepUpNews): void {
  const sender = new BroadcastChannel(channel);
  sender.postMessage(news);
  sender.close();
}

/** Calls back for each that comes; call what it returns to stop listening. */
export function listen(hear: (news: StepUpNews) => void): () => void {
  const receiver = new BroadcastChannel(channel);
  receiver.onmessage = ({ data }) => {
    if (isStepUpOutcome(data?.outcome)) hear({ outcome: data.outcome, requestId: data.requestId ?? null });
  };
  return () => receiver.close();
}
