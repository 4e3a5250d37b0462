import type { Metadata } from 'next';
import { decideRequest, refreshApprovals } from '#app/(portal)/actions.ts';
import { viewerAt } from '#app/(portal)/viewer.ts';
import { ReadingFailures } from '#components/access/reading-failures.tsx';
import { Card } from '#components/approvals/card.tsx';
import { DecidedList } from '#components/approvals/decided-list.tsx';
import { QueueKeys } from '#components/approvals/queue-keys.tsx';
import { Freshness } from '#components/live/freshness.tsx';
import { Live } from '#components/live/live.tsx';
import { roleAtScopeName } from '#components/roles/role-words.ts';
import { Empty } from '#components/ui/empty.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { Section } from '#components/ui/section.tsx';
import { isStepUpOutcome, stepUpOutcomes } from '#lib/domain/step-up.ts';
import { approvalQueue } from '#lib/queries/approval-queue.ts';

export const metadata: Metadata = { title: 'Approvals' };

type Query = Record<string, string | string[] | undefined>;

export default async function ApprovalsPage({ searchParams }: { searchParams: Promise<Query> }) {
  const { stepUp } = await searchParams;
  const viewer = await viewerAt('/approvals');
  const { now, readAt, failures, waiting, decided } = await approvalQueue(viewer);
  const facts = waiting.map((card) => ({
    id: card.requestId,
    text: `${card.requester.name} asks for ${roleAtScopeName(card)}`,
  }));
  return (
    <>
      <div className="mb-5 flex flex-wrap items-center gap-x-3">
        <h1>Approvals</h1>
        <Freshness
          failures={failures.map(({ plane, failure }) => `${plane} ${failure}`).join()}
          now={now}
          readAt={readAt}
          refresh={refreshApprovals}
        />
        {waiting.length > 0 && (
          <span className="ml-auto hidden text-faint text-xs md:block">
            <kbd>j</kbd> <kbd>k</kbd> move · <kbd>a</kbd> to Approve · <kbd>d</kbd> to the reason
          </span>
        )}
      </div>
      {isStepUpOutcome(stepUp) && (
        <div className="mb-4">
          <Notice alert>{stepUpOutcomes[stepUp]}</Notice>
        </div>
      )}
      <ReadingFailures failures={failures} />
      <div className="lg:grid lg:grid-cols-[minmax(0,1fr)_300px] lg:items-start lg:gap-6">
        <Section aside={waiting.length > 0 ? waiting.length : null} title="Waiting for you">
          {waiting.length === 0 ? (
            <Empty title="Nothing waits for you">
              <p>
                Requests appear here by themselves when a role names you, or a group you are in, as approver.
                PIM drops what nobody decides in 24 hours.
              </p>
            </Empty>
          ) : (
            <div className="grid grid-cols-1 gap-3">
              {waiting.map((card) => (
                <Card card={card} decide={decideRequest} key={card.requestId} now={now} />
              ))}
            </div>
          )}
        </Section>
        <DecidedList rows={decided} />
      </div>
      <QueueKeys queue={waiting.map(({ requestId, deciding }) => requestId + Boolean(deciding)).join()} />
      <Live facts={facts} on tellNewcomers />
    </>
  );
}
