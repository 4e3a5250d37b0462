import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { askSomebodyElse, cancelReview, closeReview, openReview } from '#app/(portal)/reviews/actions.ts';
import { notHere, viewerAt } from '#app/(portal)/viewer.ts';
import { CampaignPage } from '#components/reviews/campaign-page.tsx';
import { campaignStory } from '#lib/queries/campaign-story.ts';
import { myItems } from '#lib/queries/my-items.ts';

export const metadata: Metadata = { title: 'Review' };

const verbs = { open: openReview, cancel: cancelReview, close: closeReview, askInstead: askSomebodyElse };

/** Who is only asked is led to what they are asked. */
export default async function ReviewPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const path = `/reviews/${encodeURIComponent(id)}`;
  const viewer = await viewerAt(path);
  const [story, items] = await Promise.all([
    campaignStory(viewer, id),
    myItems(viewer, id, { order: 'person' }, null),
  ]);
  if (!story && items) redirect(`${path}/items`);
  if (!story) return notHere(viewer, 'GET /reviews/[id]', id.slice(0, 100));
  return <CampaignPage isAsked={items !== null} story={story} verbs={verbs} />;
}
