import type { Metadata } from 'next';
import { acceptFinding, assignFinding, reopenFinding } from '#app/(portal)/posture/findings/actions.ts';
import { notHere, viewerAt } from '#app/(portal)/viewer.ts';
import { FindingPage } from '#components/posture/finding-page.tsx';
import { findingStory } from '#lib/queries/finding-story.ts';

export const metadata: Metadata = { title: 'Finding' };

const answers = { assign: assignFinding, accept: acceptFinding, reopen: reopenFinding };

export default async function OneFindingPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const viewer = await viewerAt(`/posture/findings/${encodeURIComponent(id)}`);
  const finding = await findingStory(viewer, id);
  if (!finding) return notHere(viewer, 'GET /posture/findings/[id]', id);
  return <FindingPage answers={answers} finding={finding} />;
}
