import type { Metadata } from 'next';
import { ActiveNow } from '#components/access/active-now.tsx';
import { askAgain } from '#components/access/ask-again.ts';
import { Eligible } from '#components/access/eligible.tsx';
import { FirstReading } from '#components/access/first-reading.tsx';
import { NothingEligible } from '#components/access/nothing-eligible.tsx';
import { Pending } from '#components/access/pending.tsx';
import { ReadingFailures } from '#components/access/reading-failures.tsx';
import { Standing } from '#components/access/standing.tsx';
import { Freshness } from '#components/live/freshness.tsx';
import { Live } from '#components/live/live.tsx';
import { requestFacts } from '#components/live/request-facts.ts';
import { BrokenTickets } from '#components/tickets/broken-tickets.tsx';
import { isInFlight } from '#lib/domain/request.ts';
import { myAccess } from '#lib/queries/my-access.ts';
import { requestStory } from '#lib/queries/request-story.ts';
import { brokenTickets } from '#lib/queries/tickets-of.ts';
import { activateRoles, endRequest, refreshAccess, resumeRequest } from './actions.ts';
import { checkTicketNumber } from './ticket-actions.ts';
import { noteNotHere, viewerAt } from './viewer.ts';

type Query = Record<string, string | string[] | undefined>;

export const metadata: Metadata = { title: 'Access' };

export default async function AccessPage({ searchParams }: { searchParams: Promise<Query> }) {
  const { again } = await searchParams;
  const asked = typeof again === 'string' ? again : null;
  const viewer = await viewerAt(asked ? `/?again=${encodeURIComponent(asked)}` : '/');
  const [access, story, broken] = await Promise.all([
    myAccess(viewer),
    asked ? requestStory(viewer, asked) : null,
    brokenTickets(viewer, 'mine'),
  ]);
  if (asked && !story) await noteNotHere(viewer, 'GET /', asked);
  const { now, active, pending, eligible } = access;
  const learning = eligible.some(({ policy }) => policy === null);
  const inFlight =
    learning || active.length > 0 || [...pending, ...access.recent].some(({ status }) => isInFlight(status));
  const failures = access.failures.map(({ plane, failure }) => `${plane} ${failure}`).join();
  const neverRead = access.readAt === null && access.failures.length === 0 && eligible.length === 0;
  return (
    <>
      <div className="mb-5 flex flex-wrap items-center gap-x-3">
        <h1>Access</h1>
        <Freshness failures={failures} now={now} readAt={access.readAt} refresh={refreshAccess} />
      </div>
      <ReadingFailures failures={access.failures} />
      <BrokenTickets rows={broken} />
      <ActiveNow end={endRequest} known={access.readAt !== null} now={now} rows={active} />
      <Pending now={now} resume={resumeRequest} rows={pending} />
      {neverRead && <FirstReading />}
      {!neverRead && eligible.length === 0 && <NothingEligible />}
      {eligible.length > 0 && (
        <Eligible
          activate={activateRoles}
          begin={story ? askAgain(story) : null}
          checkTicket={checkTicketNumber}
          key={asked}
          now={now}
          recent={access.recent}
          rows={eligible}
        />
      )}
      <Standing rows={access.standing} />
      <Live facts={requestFacts([...access.recent, ...pending])} on={inFlight} tellNewcomers />
    </>
  );
}
