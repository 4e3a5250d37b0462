import type { Metadata } from 'next';
import {
  cancelRequest,
  endRequest,
  probeRequest,
  resumeRequest,
  startRequest,
} from '#app/(portal)/actions.ts';
import { readNotifications } from '#app/(portal)/notifications/actions.ts';
import { talkVerbs } from '#app/(portal)/talk-verbs.ts';
import { notHere, viewerAt } from '#app/(portal)/viewer.ts';
import { ReadAbout } from '#components/letters/read-about.tsx';
import { Live } from '#components/live/live.tsx';
import { requestFacts } from '#components/live/request-facts.ts';
import { NudgeButton } from '#components/requests/nudge-button.tsx';
import { StagePath } from '#components/requests/stage-path.tsx';
import { Story } from '#components/requests/story.tsx';
import { TalkPart } from '#components/requests/talk-part.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { mayReadAllHistory } from '#lib/domain/permission.ts';
import { isLive } from '#lib/domain/request.ts';
import { isStepUpOutcome, stepUpOutcomes } from '#lib/domain/step-up.ts';
import { unreadAbout } from '#lib/queries/letters.ts';
import { requestStory } from '#lib/queries/request-story.ts';
import { requestTalk } from '#lib/queries/request-talk.ts';

export const metadata: Metadata = { title: 'Request' };

const lists = {
  own: { href: '/requests', name: 'Requests' },
  all: { href: '/history', name: 'History' },
  decide: { href: '/approvals', name: 'Approvals' },
};

const verbs = {
  cancel: cancelRequest,
  end: endRequest,
  resume: resumeRequest,
  start: startRequest,
  probe: probeRequest,
};

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function RequestPage({ params, searchParams }: Props) {
  const [{ id }, { stepUp }] = await Promise.all([params, searchParams]);
  const viewer = await viewerAt(`/requests/${encodeURIComponent(id)}`);
  const story = await requestStory(viewer, id);
  if (!story) return notHere(viewer, 'GET /requests/[id]', id);
  const talk = await requestTalk(viewer, id);
  const unread = await unreadAbout(viewer, id);
  const own = story.requesterId === viewer.objectId;
  return (
    <>
      {own && isStepUpOutcome(stepUp) && (
        <div className="mb-4">
          <Notice alert>{stepUpOutcomes[stepUp]}</Notice>
        </div>
      )}
      <Story
        back={own ? lists.own : mayReadAllHistory(viewer) ? lists.all : lists.decide}
        own={own}
        story={story}
        useBy={talk?.useBy ?? null}
        verbs={verbs}
      >
        {story.nudge && (
          <section aria-label="Nudge" className="panel px-4 py-4">
            <NudgeButton at={story.nudge.at} nudge={talkVerbs.nudge} requestId={id} />
          </section>
        )}
        {talk && <TalkPart story={story} talk={talk} verbs={talkVerbs} />}
        {talk && <StagePath talk={talk} />}
      </Story>
      <Live facts={requestFacts([story])} on={isLive(story.status)} />
      <ReadAbout ids={unread} read={readNotifications} />
    </>
  );
}
