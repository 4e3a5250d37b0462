import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import { makeReview, previewReview } from '#app/(portal)/reviews/actions.ts';
import { notHere, viewerAt } from '#app/(portal)/viewer.ts';
import { CampaignForm } from '#components/reviews/campaign-form.tsx';
import { formOf } from '#components/reviews/plan-form.ts';
import { TemplateChoice } from '#components/reviews/template-choice.tsx';
import { campaignTemplates, templateKeys } from '#lib/domain/campaign-template.ts';
import { mayRunReviews } from '#lib/domain/permission.ts';

export const metadata: Metadata = { title: 'New review' };

type Query = Record<string, string | string[] | undefined>;

export default async function NewReviewPage({ searchParams }: { searchParams: Promise<Query> }) {
  const { template } = await searchParams;
  const key = templateKeys.find((one) => one === template);
  const viewer = await viewerAt(key ? `/reviews/new?template=${key}` : '/reviews/new');
  if (!mayRunReviews(viewer)) return notHere(viewer, 'GET /reviews/new', '');
  const chosen = key && campaignTemplates[key];
  return (
    <>
      <h1 className="mb-2">New review</h1>
      <p className="mb-5 max-w-prose text-soft">
        A review freezes who holds what at its opening, asks those who know whether each of it is still
        needed, and at its close takes away what is not. Begin with one of these, and change what you like.
      </p>
      <TemplateChoice chosen={key ?? null} />
      {chosen && (
        <CampaignForm
          begin={formOf(chosen.name, { ...chosen.plan, fallback: [viewer.upn] })}
          id={randomUUID()}
          key={key}
          make={makeReview}
          opensAt={null}
          preview={previewReview}
          version={null}
        />
      )}
    </>
  );
}
