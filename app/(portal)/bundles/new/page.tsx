import type { Metadata } from 'next';
import { dropBundle, findBundleRoles, giveBundle, keepBundle } from '#app/(portal)/own-choices.ts';
import { viewerAt } from '#app/(portal)/viewer.ts';
import { BundleEditor } from '#components/bundles/bundle-editor.tsx';

export const metadata: Metadata = { title: 'New bundle' };

export default async function NewBundlePage() {
  await viewerAt('/bundles/new');
  return (
    <>
      <h1 className="mb-4">New bundle</h1>
      <BundleEditor
        bundle={null}
        mayShare={false}
        verbs={{ keep: keepBundle, drop: dropBundle, give: giveBundle, find: findBundleRoles }}
      />
    </>
  );
}
