import type { Metadata } from 'next';
import { Suspense } from 'react';
import { notHere, viewerAt } from '#app/(portal)/viewer.ts';
import { Checksums } from '#components/reviews/checksums.tsx';
import { ReportPage } from '#components/reviews/report-page.tsx';
import type { Actor } from '#lib/domain/actor.ts';
import { evidenceSums } from '#lib/export/evidence-pack.ts';
import { campaignReport } from '#lib/queries/campaign-report.ts';
import { evidenceCounts, evidenceLines } from '#lib/queries/evidence-lines.ts';

export const metadata: Metadata = { title: 'Report of a review' };

export default async function CampaignReportPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const viewer = await viewerAt(`/reviews/${encodeURIComponent(id)}/report`);
  const report = await campaignReport(viewer, id);
  if (!report) return notHere(viewer, 'GET /reviews/[id]/report', id.slice(0, 100));
  return (
    <ReportPage
      checksums={
        report.status === 'closed' && (
          <Suspense fallback={<p className="text-soft text-sm">Summing up the evidence…</p>}>
            <Sums id={id} viewer={viewer} />
          </Suspense>
        )
      }
      report={report}
    />
  );
}

/** Every file is read once more for it. */
async function Sums({ viewer, id }: { viewer: Actor; id: string }) {
  const counts = await evidenceCounts(viewer, id);
  if (!counts) return null;
  const { signal } = new AbortController();
  const sums = await evidenceSums({
    counts,
    lines: (file, line) => evidenceLines(viewer, id, file, line, signal),
  });
  return <Checksums sums={sums} />;
}
