import type { Metadata } from 'next';
import { Suspense } from 'react';
import { notHere, viewerAt } from '#app/(portal)/viewer.ts';
import { Checksums } from '#components/reviews/checksums.tsx';
import { ChecksumsLink } from '#components/reviews/checksums-link.tsx';
import { ReportPage } from '#components/reviews/report-page.tsx';
import type { Actor } from '#lib/domain/actor.ts';
import { evidenceSums } from '#lib/export/evidence-pack.ts';
import { campaignReport } from '#lib/queries/campaign-report.ts';
import { evidenceCampaign, evidenceLines } from '#lib/queries/evidence-lines.ts';

export const metadata: Metadata = { title: 'Report of a review' };

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<{ sums?: string | string[] }>;
}

export default async function CampaignReportPage({ params, searchParams }: Props) {
  const [{ id }, { sums }] = await Promise.all([params, searchParams]);
  const viewer = await viewerAt(`/reviews/${encodeURIComponent(id)}/report`);
  const report = await campaignReport(viewer, id);
  if (!report) return notHere(viewer, 'GET /reviews/[id]/report', id.slice(0, 100));
  return (
    <ReportPage
      checksums={
        report.status === 'closed' &&
        (sums === undefined ? (
          <ChecksumsLink campaignId={id} />
        ) : (
          <Suspense fallback={<p className="text-soft text-sm">Summing up the evidence…</p>}>
            <Sums id={id} viewer={viewer} />
          </Suspense>
        ))
      }
      report={report}
    />
  );
}

/** Every file is read once more for it: only for who asks. */
async function Sums({ viewer, id }: { viewer: Actor; id: string }) {
  const campaign = await evidenceCampaign(viewer, id);
  if (!campaign) return null;
  const { signal } = new AbortController();
  const sums = await evidenceSums({
    campaign,
    lines: (file, line) => evidenceLines(viewer, id, file, line, signal),
  });
  return <Checksums sums={sums} />;
}
