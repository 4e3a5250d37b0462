import { connection } from 'next/server';
import { exporting } from '#app/exporting.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { evidencePack } from '#lib/export/evidence-pack.ts';
import { recordEvidence } from '#lib/operations/reviews/record-evidence.ts';
import { evidenceCampaign, evidenceLines } from '#lib/queries/evidence-lines.ts';

/**
 * All evidence of a review as one tar: what was frozen, what was decided and why, what became of it, each as CSV and
 * JSON lines, with counts and SHA-256 sums. That it was taken is on record.
 */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ id: string }> },
): Promise<Response> {
  await connection();
  return exporting(request, 'GET /api/exports/reviews/[id]', async (ctx, { signal }) => {
    const { id } = await params;
    const campaign = await evidenceCampaign(ctx.actor, id);
    if (!campaign) throw new Refusal('not_found');
    await recordEvidence(ctx, id);
    const lines = evidencePack({
      campaign,
      lines: (file, line) => evidenceLines(ctx.actor, id, file, line, signal),
    });
    return { lines, type: 'application/x-tar', filename: `stint-review-${id}.tar` };
  });
}
