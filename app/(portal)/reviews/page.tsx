import type { Metadata } from 'next';
import Link from 'next/link';
import { viewerAt } from '#app/(portal)/viewer.ts';
import { Live } from '#components/live/live.tsx';
import { CampaignTable } from '#components/reviews/campaign-table.tsx';
import { MyReviewList } from '#components/reviews/my-review-list.tsx';
import { ReviewsOverview } from '#components/reviews/reviews-overview.tsx';
import { Empty } from '#components/ui/empty.tsx';
import { Pager } from '#components/ui/pager.tsx';
import { Section } from '#components/ui/section.tsx';
import { mayRunReviews } from '#lib/domain/permission.ts';
import { campaigns } from '#lib/queries/campaigns.ts';
import { myReviews } from '#lib/queries/my-reviews.ts';
import { reviewsOverview } from '#lib/queries/reviews-overview.ts';

export const metadata: Metadata = { title: 'Reviews' };

type Query = Record<string, string | string[] | undefined>;

export default async function ReviewsPage({ searchParams }: { searchParams: Promise<Query> }) {
  const { cursor } = await searchParams;
  const viewer = await viewerAt('/reviews');
  const [mine, overview, all] = await Promise.all([
    myReviews(viewer),
    reviewsOverview(viewer),
    campaigns(viewer, typeof cursor === 'string' ? cursor : null),
  ]);
  const to = (place: string | null) => (place ? `/reviews?cursor=${encodeURIComponent(place)}` : null);
  return (
    <>
      <div className="mb-5 flex flex-wrap items-center gap-x-3">
        <h1>Reviews</h1>
        <span className="text-faint text-xs">who still needs what they have</span>
        {mayRunReviews(viewer) && (
          <Link className="btn btn-small ml-auto" href="/reviews/new" prefetch={false}>
            New review
          </Link>
        )}
      </div>
      <Section title="Yours">
        {mine.length > 0 ? (
          <MyReviewList rows={mine} />
        ) : (
          <Empty title="Nobody asks you anything">
            <p>
              In a review, those who answer for people, programs or resources say who still needs their
              access. When you are asked, it appears here.
            </p>
          </Empty>
        )}
      </Section>
      <Live facts={[]} on={mine.length > 0 || all !== null} />
      {overview && <ReviewsOverview overview={overview} />}
      {all && (
        <Section aside="of the whole tenant" title="All">
          {all.rows.length > 0 ? (
            <CampaignTable rows={all.rows} />
          ) : (
            <Empty title="There was no review yet">
              <p>
                A review freezes who holds what, asks those who know, and takes away what nobody needs. Begin
                with one of four templates.
              </p>
            </Empty>
          )}
          <Pager newer={to(all.previous)} older={to(all.next)} />
        </Section>
      )}
    </>
  );
}
