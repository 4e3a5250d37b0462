import type { Metadata } from 'next';
import Link from 'next/link';
import { ActiveNow } from '#components/access/active-now.tsx';
import { askAgain } from '#components/access/ask-again.ts';
import { Eligible } from '#components/access/eligible.tsx';
import { FirstReading } from '#components/access/first-reading.tsx';
import { LinkNotes } from '#components/access/link-notes.tsx';
import { NothingEligible } from '#components/access/nothing-eligible.tsx';
import { OwnStages } from '#components/access/own-stages.tsx';
import { Pending } from '#components/access/pending.tsx';
import { linkQuery, readLink } from '#components/access/read-link.ts';
import { ReadingFailures } from '#components/access/reading-failures.tsx';
import { Standing } from '#components/access/standing.tsx';
import { Freshness } from '#components/live/freshness.tsx';
import { Live } from '#components/live/live.tsx';
import { requestFacts } from '#components/live/request-facts.ts';
import { OnCallReminders } from '#components/on-call/on-call-reminders.tsx';
import { BrokenTickets } from '#components/tickets/broken-tickets.tsx';
import { askedOfWindow } from '#components/window/asked.ts';
import { isLive } from '#lib/domain/request.ts';
import { ownRules } from '#lib/operations/approval-policy/own-rules.ts';
import { myBundles } from '#lib/queries/bundles.ts';
import { myAccess } from '#lib/queries/my-access.ts';
import { onCallNow } from '#lib/queries/on-call-now.ts';
import { requestStory } from '#lib/queries/request-story.ts';
import { brokenTickets } from '#lib/queries/tickets-of.ts';
import {
  activateRoles,
  endRequest,
  probeRequest,
  refreshAccess,
  resumeRequest,
  startRequest,
} from './actions.ts';
import { previewApproval } from './approval-preview.ts';
import { favourRole, keepBundle, orderFavourites, reasonsBefore } from './own-choices.ts';
import { openPlaceBelow } from './place-actions.ts';
import { checkTicketNumber } from './ticket-actions.ts';
import { noteNotHere, viewerAt } from './viewer.ts';
import { addNeedToRequest, callOffRequestEnd, endRequests, extendRequest } from './window-actions.ts';
import { askOnCall, fileOnCall, planOnCall } from './windows/actions.ts';

type Query = Record<string, string | string[] | undefined>;

export const metadata: Metadata = { title: 'Access' };

const windowVerbs = {
  end: endRequest,
  endSeveral: endRequests,
  extend: extendRequest,
  addNeed: addNeedToRequest,
  callOff: callOffRequestEnd,
};

export default async function AccessPage({ searchParams }: { searchParams: Promise<Query> }) {
  const query = await searchParams;
  const { again } = query;
  const asked = typeof again === 'string' ? again : null;
  const link = linkQuery(query);
  const viewer = await viewerAt(asked ? `/?again=${encodeURIComponent(asked)}` : `/${link && `?${link}`}`);
  const [access, story, bundles, broken, onCall, stages] = await Promise.all([
    myAccess(viewer),
    asked ? requestStory(viewer, asked) : null,
    myBundles(viewer),
    brokenTickets(viewer, 'mine'),
    onCallNow(viewer),
    ownRules(viewer),
  ]);
  if (asked && !story) await noteNotHere(viewer, 'GET /', asked);
  const { now, active, pending, eligible } = access;
  const linked = link ? readLink(query, eligible, bundles) : null;
  const learning = eligible.some(({ policy }) => policy === null);
  const inFlight =
    learning || active.length > 0 || [...pending, ...access.recent].some(({ status }) => isLive(status));
  const failures = access.failures.map(({ plane, failure }) => `${plane} ${failure}`).join();
  const neverRead = access.readAt === null && access.failures.length === 0 && eligible.length === 0;
  return (
    <>
      <div className="mb-5 flex flex-wrap items-center gap-x-3">
        <h1>Access</h1>
        <Freshness failures={failures} now={now} readAt={access.readAt} refresh={refreshAccess} />
        <Link
          className="link inline-flex min-h-6 items-center text-sm sm:ml-auto"
          href="/windows"
          prefetch={false}
        >
          On-call windows
        </Link>
      </div>
      <ReadingFailures failures={access.failures} />
      <BrokenTickets rows={broken} />
      <OnCallReminders ask={askOnCall} file={fileOnCall} now={now} onCall={onCall} />
      <ActiveNow
        asked={askedOfWindow(query)}
        known={access.readAt !== null}
        now={now}
        probe={probeRequest}
        rows={active}
        verbs={windowVerbs}
      />
      <Pending now={now} resume={resumeRequest} rows={pending} start={startRequest} />
      {neverRead && <FirstReading />}
      {!neverRead && eligible.length === 0 && <LinkNotes notes={linked?.notes ?? []} />}
      {!neverRead && eligible.length === 0 && <NothingEligible />}
      {eligible.length > 0 && (
        <OwnStages {...stages} preview={previewApproval}>
          <Eligible
            activate={activateRoles}
            begin={story ? askAgain(story) : (linked?.draft ?? null)}
            bundles={bundles}
            checkTicket={checkTicketNumber}
            key={asked ?? `${link} ${linked?.draft.keys}`}
            notes={linked?.notes ?? []}
            now={now}
            recent={access.recent}
            rows={eligible}
            verbs={{ favour: favourRole, order: orderFavourites, keepBundle, reasonsBefore }}
            timing={{ openPlace: openPlaceBelow, plan: planOnCall }}
          />
        </OwnStages>
      )}
      <Standing rows={access.standing} />
      <Live facts={requestFacts([...access.recent, ...pending])} on={inFlight} tellNewcomers />
    </>
  );
}
