import type { Metadata } from 'next';
import { makeReview, previewReview } from '#app/(portal)/reviews/actions.ts';
import { notHere, viewerAt } from '#app/(portal)/viewer.ts';
import { CampaignForm } from '#components/reviews/campaign-form.tsx';
import { formOf } from '#components/reviews/plan-form.ts';
import { campaignStory } from '#lib/queries/campaign-story.ts';

export const metadata: Metadata = { title: 'Change a review' };

/** A draft or scheduled review; what is open stays as it was frozen. */
export default async function EditReviewPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const viewer = await viewerAt(`/reviews/${encodeURIComponent(id)}/edit`);
  const story = await campaignStory(viewer, id);
  if (!story?.may.edit) return notHere(viewer, 'GET /reviews/[id]/edit', id.slice(0, 100));
  return (
    <>
      <h1 className="mb-5">Change “{story.name}”</h1>
      <CampaignForm
        begin={formOf(story.name, story.plan)}
        id={story.id}
        make={makeReview}
        opensAt={story.status === 'scheduled' ? story.opensAt : null}
        preview={previewReview}
        version={story.version}
      />
    </>
  );
}
