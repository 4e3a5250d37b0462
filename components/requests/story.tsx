import Link from 'next/link';
import type { ReactNode } from 'react';
import { roleTitle, scopeWords } from '#components/roles/role-words.ts';
import { TicketEndNote } from '#components/tickets/ticket-end-note.tsx';
import { TicketFacts } from '#components/tickets/ticket-facts.tsx';
import { Ago } from '#components/ui/ago.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { When } from '#components/ui/when.tsx';
import { Milestones } from '#components/usable/milestones.tsx';
import { Usable } from '#components/usable/usable.tsx';
import { StoryWindows } from '#components/window/story-windows.tsx';
import { inWords } from '#lib/domain/time.ts';
import type { RequestStory } from '#lib/queries/rows.ts';
import { nextStep } from './next-step.ts';
import { PolicyThen } from './policy-then.tsx';
import { RequestStatus } from './request-status.tsx';
import { RequestWindow } from './request-window.tsx';
import { StoryActions, type StoryVerbs } from './story-actions.tsx';
import { Timeline } from './timeline.tsx';

interface Props {
  story: RequestStory;
  /** The requester is the viewer. */
  own: boolean;
  /** The list the viewer came from. */
  back: { href: string; name: string };
  verbs: StoryVerbs;
  /** Until when an approval of Stint’s own stages can be started. */
  useBy?: Date | null;
  /** What Stint’s own stages ask of it, and what is said about it. */
  children?: ReactNode;
}

/** One request from asked to ended: where it stands, what to do, and everything that happened. */
export function Story({ story, own, back, verbs, useBy = null, children }: Props) {
  const { main, aside } = roleTitle(story);
  const { plane, name, kind } = scopeWords(story);
  const step = nextStep(story);
  return (
    <>
      <p className="mb-1 text-faint text-xs">
        <Link className="link inline-flex min-h-6 items-center" href={back.href} prefetch={false}>
          {back.name}
        </Link>
      </p>
      <div className="mb-5 flex flex-wrap items-center gap-x-3 gap-y-1">
        <h1 className="min-w-0">
          <bdi>{main}</bdi> {aside && <span className="font-normal text-faint text-lg">{aside}</span>}
        </h1>
        <RequestStatus status={story.status} />
        <p className="basis-full text-soft">
          {plane}
          {name && <span className="font-medium text-ink"> · {name}</span>}
          {kind && ` (${kind})`} · asked by {own ? 'you' : story.requesterName}{' '}
          <Ago at={story.filedAt} now={story.now} />
          {story.origin === 'azure' && ' in Azure itself'}
        </p>
      </div>
      <div className="lg:grid lg:grid-cols-[minmax(0,1fr)_320px] lg:items-start lg:gap-6">
        <div className="mb-6 grid grid-cols-1 gap-4">
          <section aria-label="Where it stands" className="panel grid grid-cols-1 gap-3.5 px-4 py-4">
            <RequestWindow
              maximumMinutes={story.policy?.maximumMinutes ?? null}
              now={story.now}
              request={story}
            />
            <Milestones story={story} />
            {own && story.status === 'active' && story.activeAt && (
              <Usable
                {...story}
                activeAt={story.activeAt}
                ask={verbs.probe}
                requestId={story.id}
                role={story}
              />
            )}
            {story.failure && <Notice>{story.failure}</Notice>}
            {story.ticketEnd && <TicketEndNote end={story.ticketEnd} name={story.requesterName} own={own} />}
            {step && <p className="max-w-prose text-soft">{step}</p>}
            {story.status === 'scheduled' && story.startsAt && (
              <p>
                Starts <Ago at={story.startsAt} now={story.now} />: <When at={story.startsAt} />
              </p>
            )}
            <StoryWindows own={own} story={story} />
            {useBy && (
              <p>
                Start before <When at={useBy} />, <Ago at={useBy} now={story.now} />; then it lapses.
              </p>
            )}
            <StoryActions story={story} verbs={verbs} />
          </section>
          {children}
          <section aria-label="What happened">
            <h2 className="mb-1.5 font-semibold text-sm text-soft">What happened</h2>
            <Timeline moments={story.timeline} />
          </section>
        </div>
        <div className="grid grid-cols-1 gap-4">
          <Asked story={story} />
          <PolicyThen approvers={story.approverFacts} policy={story.policy} />
        </div>
      </div>
    </>
  );
}

function Asked({ story }: { story: RequestStory }) {
  return (
    <dl className="panel grid grid-cols-[4.5rem_minmax(0,1fr)] gap-y-1 px-4 py-3.5 text-sm">
      <dt className="text-faint">Reason</dt>
      <dd className="whitespace-pre-line" dir="auto">
        {story.justification || 'none asked'}
      </dd>
      <dt className="text-faint">Ticket</dt>
      <dd>
        <TicketFacts none="none asked" number={story.ticketNumber} ticket={story.ticket} />
      </dd>
      <dt className="text-faint">Length</dt>
      <dd>{inWords(story.minutes)}</dd>
      {story.startsAt && (
        <>
          <dt className="text-faint">From</dt>
          <dd>
            <When at={story.startsAt} />
          </dd>
        </>
      )}
      {story.endsAt && (
        <>
          <dt className="text-faint">Until</dt>
          <dd>
            <When at={story.endsAt} />
          </dd>
        </>
      )}
    </dl>
  );
}
