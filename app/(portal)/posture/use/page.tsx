import type { Metadata } from 'next';
import { notHere, viewerAt } from '#app/(portal)/viewer.ts';
import { ArchiveForm } from '#components/posture/archive-form.tsx';
import { UseSources } from '#components/posture/use-sources.tsx';
import { Section } from '#components/ui/section.tsx';
import { mayOperate } from '#lib/domain/permission.ts';
import { knownUse } from '#lib/queries/use-coverage.ts';

export const metadata: Metadata = { title: 'Use' };

export default async function UsePage() {
  const viewer = await viewerAt('/posture/use');
  const known = await knownUse(viewer);
  if (!known) return notHere(viewer, 'GET /posture/use', '');
  return (
    <>
      <h1 className="mb-1">Use</h1>
      <p className="mb-5 max-w-prose text-soft">
        An eligible role that nobody activates can go away. To say “never”, Stint must know every activation
        since some day: it counts its own, those its watch sees, and those the tenant’s audit log tells of,
        each once.
      </p>
      <UseSources known={known} />
      {mayOperate(viewer) && (
        <Section aside="what the tenant’s log has forgotten" title="Import an archive">
          <ArchiveForm />
        </Section>
      )}
    </>
  );
}
