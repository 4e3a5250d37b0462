import type { Metadata } from 'next';
import Link from 'next/link';
import { restoreApprovalPolicy } from '#app/(portal)/settings/approvals/actions.ts';
import { notHere, viewerAt } from '#app/(portal)/viewer.ts';
import { PolicyPlaces } from '#components/approval-policy/policy-places.tsx';
import { VersionList } from '#components/approval-policy/version-list.tsx';
import { Empty } from '#components/ui/empty.tsx';
import { policyNow, policyVersions } from '#lib/queries/approval-policy.ts';

export const metadata: Metadata = { title: 'Versions of the approval policy' };

interface Props {
  searchParams: Promise<{ before?: string | string[] }>;
}

/** Every version of the approval policy, and the way back to one. */
export default async function PolicyVersionsPage({ searchParams }: Props) {
  const viewer = await viewerAt('/settings/approvals/versions');
  const { before } = await searchParams;
  const from = typeof before === 'string' && /^\d{1,9}$/.test(before) ? Number(before) : null;
  const [now, versions] = await Promise.all([policyNow(viewer), policyVersions(viewer, from)]);
  if (!now || !versions) return notHere(viewer, 'GET /settings/approvals/versions', '');
  return (
    <>
      <PolicyPlaces />
      {versions.rows.length === 0 ? (
        <Empty title={from === null ? 'No version yet' : 'No older version'}>
          <p>Every time the policy is saved, the version before it stays here with who, when and why.</p>
        </Empty>
      ) : (
        <VersionList newest={now.version} restore={restoreApprovalPolicy} rows={versions.rows} />
      )}
      {versions.older !== null && (
        <p className="mt-3">
          <Link
            className="btn"
            href={`/settings/approvals/versions?before=${versions.older}`}
            prefetch={false}
          >
            Older versions
          </Link>
        </p>
      )}
    </>
  );
}
