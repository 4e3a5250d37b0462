import type { Metadata } from 'next';
import { dropBundle, findBundleRoles, giveBundle, keepBundle } from '#app/(portal)/own-choices.ts';
import { notHere, viewerAt } from '#app/(portal)/viewer.ts';
import { BundleEditor } from '#components/bundles/bundle-editor.tsx';
import { mayAdminister } from '#lib/domain/permission.ts';
import { bundleFor } from '#lib/queries/bundles.ts';

export const metadata: Metadata = { title: 'Bundle' };

export default async function BundlePage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const viewer = await viewerAt(`/bundles/${encodeURIComponent(id)}`);
  const bundle = await bundleFor(viewer, id);
  // Who may use it and not change it has it on Access: here there is nothing for them.
  if (!bundle?.keeps) return notHere(viewer, 'GET /bundles/[id]', id);
  return (
    <>
      <h1 className="mb-4">
        <bdi>{bundle.name}</bdi>
      </h1>
      <BundleEditor
        bundle={bundle}
        key={bundle.version}
        mayShare={mayAdminister(viewer)}
        verbs={{ keep: keepBundle, drop: dropBundle, give: giveBundle, find: findBundleRoles }}
      />
    </>
  );
}
