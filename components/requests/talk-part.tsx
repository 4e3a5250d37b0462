import { TalkButtons } from '#components/approvals/talk/talk-buttons.tsx';
import type { TalkVerbs } from '#components/approvals/talk/talk-verbs.ts';
import type { Outcome } from '#lib/domain/refusal.ts';
import type { RequestStory } from '#lib/queries/rows.ts';
import type { RequestTalk } from '#lib/queries/talk-rows.ts';
import { NudgeButton } from './nudge-button.tsx';
import { type AnswerOffer, OfferNote } from './offer-note.tsx';
import { type Say, SayForm } from './say-form.tsx';
import { Thread } from './thread.tsx';
import { WatchButton } from './watch-button.tsx';

export interface OwnTalkVerbs extends TalkVerbs {
  accept: AnswerOffer;
  decline: AnswerOffer;
  answer: Say;
  nudge: (requestId: string) => Promise<Outcome<null>>;
}

interface Props {
  story: Pick<RequestStory, 'id' | 'requesterName' | 'now'>;
  talk: RequestTalk;
  verbs: OwnTalkVerbs;
}

/** What is said about a request while it waits for signatures: the open offer, the thread, and what the viewer can do. */
export function TalkPart({ story: { id, requesterName, now }, talk, verbs }: Props) {
  const { asked, offer, thread, may, nudgeAt, facts, watching } = talk;
  const isEmpty = !offer && thread.length === 0 && !may.nudge && !facts && !may.watch;
  if (isEmpty) return null;
  return (
    <section aria-label="Talk" className="panel grid grid-cols-1 gap-3.5 px-4 py-4">
      {offer && (
        <OfferNote
          asked={asked}
          now={now}
          offer={offer}
          requestId={id}
          verbs={may.take ? { accept: verbs.accept, decline: verbs.decline } : null}
        />
      )}
      <Thread lines={thread} />
      {may.answer && (
        <SayForm
          button="Answer"
          hint="Whoever asked is told. The time until it lapses runs on."
          label="Your answer"
          requestId={id}
          say={verbs.answer}
        />
      )}
      {may.nudge && <NudgeButton at={nudgeAt} nudge={verbs.nudge} requestId={id} />}
      {facts && (
        <TalkButtons facts={facts} quiet requestId={id} requesterName={requesterName} verbs={verbs} />
      )}
      {!facts && may.watch && <WatchButton on={watching} requestId={id} watch={verbs.watch} />}
    </section>
  );
}
