import type { Metadata } from 'next';
import { cancelRequest, endRequest, probeRequest, resumeRequest } from '#app/(portal)/actions.ts';
import { notHere, viewerAt } from '#app/(portal)/viewer.ts';
import { Live } from '#components/live/live.tsx';
import { requestFacts } from '#components/live/request-facts.ts';
import { Story } from '#components/requests/story.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { mayReadAllHistory } from '#lib/domain/permission.ts';
import { isInFlight } from '#lib/domain/request.ts';
import { isStepUpOutcome, stepUpOutcomes } from '#lib/domain/step-up.ts';
import { requestStory } from '#lib/queries/request-story.ts';

export const metadata: Metadata = { title: 'Request' };

const lists = {
  own: { href: '/requests', name: 'Requests' },
  all: { href: '/history', name: 'History' },
  decide: { href: '/approvals', name: 'Approvals' },
};

const verbs = { cancel: cancelRequest, end: endRequest, resume: resumeRequest, probe: probeRequest };

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function RequestPage({ params, searchParams }: Props) {
  const [{ id }, { stepUp }] = await Promise.all([params, searchParams]);
  const viewer = await viewerAt(`/requests/${encodeURIComponent(id)}`);
  const story = await requestStory(viewer, id);
  if (!story) return notHere(viewer, 'GET /requests/[id]', id);
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
        verbs={verbs}
      />
      <Live facts={requestFacts([story])} on={isInFlight(story.status)} />
    </>
  );
}
