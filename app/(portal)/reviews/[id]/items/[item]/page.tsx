import type { Metadata } from 'next';
import {
  decideReviewItems,
  handOnReviewItems,
  submitReviewItems,
} from '#app/(portal)/reviews/item-actions.ts';
import { notHere, viewerAt } from '#app/(portal)/viewer.ts';
import { itemFacts } from '#components/live/item-facts.ts';
import { Live } from '#components/live/live.tsx';
import { ItemPage } from '#components/reviews/item-page.tsx';
import { reviewItem } from '#lib/queries/review-item.ts';

export const metadata: Metadata = { title: 'Item to review' };

interface Props {
  params: Promise<{ id: string; item: string }>;
}

const verbs = { decide: decideReviewItems, submit: submitReviewItems, handOn: handOnReviewItems };

export default async function ReviewItemPage({ params }: Props) {
  const { id, item } = await params;
  const viewer = await viewerAt(`/reviews/${encodeURIComponent(id)}/items/${encodeURIComponent(item)}`);
  const story = await reviewItem(viewer, id, item);
  if (!story) return notHere(viewer, 'GET /reviews/[id]/items/[item]', item.slice(0, 100));
  const isAsked = story.reviewers.some((one) => one.isTheirs && one.id === viewer.objectId);
  return (
    <>
      <Live
        facts={itemFacts([story], viewer.name)}
        on={story.status === 'open' || story.status === 'applying'}
      />
      <ItemPage isAsked={isAsked} story={story} verbs={verbs} />
    </>
  );
}
