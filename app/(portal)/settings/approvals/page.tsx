import type { Metadata } from 'next';
import {
  findEligible,
  findForRule,
  readApprovalPolicy,
  saveApprovalPolicy,
  tryApprovalPolicy,
} from '#app/(portal)/settings/approvals/actions.ts';
import { notHere, viewerAt } from '#app/(portal)/viewer.ts';
import { PolicyEditor } from '#components/approval-policy/policy-editor.tsx';
import { PolicyPlaces } from '#components/approval-policy/policy-places.tsx';
import { StartsInFreeze } from '#components/approval-policy/starts-in-freeze.tsx';
import { startsInFreeze } from '#lib/operations/approval-policy/starts-in-freeze.ts';
import { policyNow } from '#lib/queries/approval-policy.ts';

export const metadata: Metadata = { title: 'Approval policy' };

/** Stint's own approval policy, stricter than PIM's. */
export default async function ApprovalPolicyPage() {
  const viewer = await viewerAt('/settings/approvals');
  const now = await policyNow(viewer);
  if (!now) return notHere(viewer, 'GET /settings/approvals', '');
  const verbs = {
    ...{ find: findForRule, findEligible, read: readApprovalPolicy },
    ...{ save: saveApprovalPolicy, tryIt: tryApprovalPolicy },
  };
  return (
    <>
      <PolicyPlaces />
      <p className="mb-5 max-w-prose text-soft">
        What Stint asks before it sends a request to Azure, beside what PIM asks. Each ask is judged by the
        version that holds when it is sent, and keeps it.{' '}
        {now.version > 0 && `Version ${now.version} is in force: ${now.note}`}
      </p>
      <StartsInFreeze starts={await startsInFreeze(viewer)} />
      <PolicyEditor now={now} verbs={verbs} />
    </>
  );
}
