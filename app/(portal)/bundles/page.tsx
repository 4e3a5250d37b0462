import type { Metadata } from 'next';
import Link from 'next/link';
import { viewerAt } from '#app/(portal)/viewer.ts';
import { BundleTable } from '#components/bundles/bundle-table.tsx';
import { Empty } from '#components/ui/empty.tsx';
import { keptBundles } from '#lib/queries/bundles.ts';

export const metadata: Metadata = { title: 'Bundles' };

export default async function BundlesPage() {
  const viewer = await viewerAt('/bundles');
  const bundles = await keptBundles(viewer);
  return (
    <>
      <div className="mb-1 flex flex-wrap items-center gap-3">
        <h1>Bundles</h1>
        <Link className="btn btn-small ml-auto" href="/bundles/new" prefetch={false}>
          New bundle
        </Link>
      </div>
      <p className="mb-4 max-w-prose text-soft">
        Roles you ask for together, each with its own length. A bundle gives nobody access: each role is
        judged by its own rules when it is asked for, and what you are not eligible for is left out.
      </p>
      {bundles.length > 0 ? (
        <BundleTable bundles={bundles} />
      ) : (
        <Empty title="No bundles yet">
          Tick roles on Access and press “Save as a bundle”, or make one here.
        </Empty>
      )}
    </>
  );
}
