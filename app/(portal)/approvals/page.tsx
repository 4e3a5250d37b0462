import type { Metadata } from 'next';
import { decideRequest, refreshApprovals } from '#app/(portal)/actions.ts';
import { decideTogether } from '#app/(portal)/approvals/together-action.ts';
import { talkVerbs } from '#app/(portal)/talk-verbs.ts';
import { viewerAt } from '#app/(portal)/viewer.ts';
import { ReadingFailures } from '#components/access/reading-failures.tsx';
import { ApprovalsHead } from '#components/approvals/approvals-head.tsx';
import { CardFacts } from '#components/approvals/card-facts.tsx';
import { MoreLink } from '#components/approvals/more-link.tsx';
import { QueueList } from '#components/approvals/queue-list.tsx';
import { RoleLatelyFacts } from '#components/approvals/role-lately-facts.tsx';
import { TalkButtons } from '#components/approvals/talk/talk-buttons.tsx';
import { Freshness } from '#components/live/freshness.tsx';
import { Live } from '#components/live/live.tsx';
import { roleAtScopeName } from '#components/roles/role-words.ts';
import { Empty } from '#components/ui/empty.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { isStepUpOutcome, stepUpOutcomes } from '#lib/domain/step-up.ts';
import { approvalQueue } from '#lib/queries/approval-queue.ts';

export const metadata: Metadata = { title: 'Approvals' };

const help =
  'Requests that wait for your yes or no, the soonest to lapse first: stages of Stint’s approval policy that you may sign, and what PIM asks you to approve.';

type Query = Record<string, string | string[] | undefined>;

export default async function ApprovalsPage({ searchParams }: { searchParams: Promise<Query> }) {
  const { stepUp, after } = await searchParams;
  const viewer = await viewerAt('/approvals');
  const cursor = typeof after === 'string' ? after : null;
  const { now, readAt, failures, counts, waiting, more, settled } = await approvalQueue(viewer, cursor);
  const items = waiting.map((card) => ({
    ...{ id: card.requestId, name: `${card.requester.name}: ${roleAtScopeName(card)}`, asks: card.asks },
    shownStage: card.asks === 'stint' ? (card.stage?.number ?? null) : null,
    ...{ deciding: card.deciding, failure: card.failure, stepUp: card.stepUp },
    ...{ signed: card.signed, alone: card.alone },
    facts: <CardFacts card={card} now={now} />,
    beside: card.lately && (
      <>
        <p className="mb-2 text-faint text-xs">{roleAtScopeName(card)}</p>
        <RoleLatelyFacts lately={card.lately} now={now} />
      </>
    ),
    talk: card.talk && (
      <TalkButtons
        facts={card.talk}
        requestId={card.requestId}
        requesterName={card.requester.name}
        verbs={talkVerbs}
      />
    ),
  }));
  const facts = waiting.map((card) => ({
    id: card.requestId,
    text: `${card.requester.name} asks for ${roleAtScopeName(card)}`,
  }));
  return (
    <>
      <ApprovalsHead
        aside={
          <>
            <Freshness
              failures={failures.map(({ plane, failure }) => `${plane} ${failure}`).join()}
              now={now}
              readAt={readAt}
              refresh={refreshApprovals}
            />
            {waiting.length > 0 && (
              <span className="ml-auto hidden text-faint text-xs md:block">
                <kbd>j</kbd> <kbd>k</kbd> move · <kbd>a</kbd> to Approve · <kbd>d</kbd> to the reason ·{' '}
                <kbd>o</kbd> open · <kbd>?</kbd> all keys
              </span>
            )}
          </>
        }
        counts={counts}
        help={help}
      />
      {isStepUpOutcome(stepUp) && (
        <div className="mb-4">
          <Notice alert>{stepUpOutcomes[stepUp]}</Notice>
        </div>
      )}
      <ReadingFailures failures={failures} />
      <section aria-label="Waiting for you">
        <QueueList
          decide={decideRequest}
          decideTogether={decideTogether}
          isWhole={more === null}
          items={items}
          settled={settled}
        />
        <div className="max-w-3xl">
          {waiting.length === 0 && (
            <Empty title="Nothing waits for you">
              <p>
                Requests appear here by themselves when a role names you, or a group you are in, as approver:
                in Stint’s approval policy or in PIM. What nobody decides lapses; PIM drops it after 24 hours.
              </p>
            </Empty>
          )}
          <MoreLink isFirst={cursor === null} more={more} path="/approvals" />
        </div>
      </section>
      <Live facts={facts} on tellNewcomers />
    </>
  );
}
