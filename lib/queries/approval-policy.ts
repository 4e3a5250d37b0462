import { desc, lt } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { approvalPolicies } from '#db/schema/approvals.ts';
import type { Actor } from '#lib/domain/actor.ts';
import { noApprovalPolicy } from '#lib/domain/approval-policy.ts';
import { mayAdminister } from '#lib/domain/permission.ts';
import { policyChanges } from '#lib/domain/policy-changes.ts';
import type { PolicyNow, PolicyVersionRow } from './approval-policy-rows.ts';

const versionsShown = 20;

/** The approval policy in force, with who saved it and why; null to whom it is not open. */
export async function policyNow(viewer: Actor): Promise<PolicyNow | null> {
  if (!mayAdminister(viewer)) return null;
  const [row] = await db().select().from(approvalPolicies).orderBy(desc(approvalPolicies.version)).limit(1);
  if (!row) return { version: 0, policy: noApprovalPolicy, note: '', changedAt: null, changedByName: null };
  const { version, document, note, changedAt, changedByName } = row;
  return { version, policy: document, note, changedAt, changedByName };
}

/** Every version, the newest first, with what each changed; `older` where there are more. */
export async function policyVersions(
  viewer: Actor,
  before: number | null,
): Promise<{ rows: PolicyVersionRow[]; older: number | null } | null> {
  if (!mayAdminister(viewer)) return null;
  const found = await db()
    .select()
    .from(approvalPolicies)
    .where(before === null ? undefined : lt(approvalPolicies.version, before))
    .orderBy(desc(approvalPolicies.version))
    // One more, to say what the last one shown changed.
    .limit(versionsShown + 1);
  const rows = found.slice(0, versionsShown).map((row, index) => ({
    ...{ version: row.version, note: row.note, changedAt: row.changedAt, changedByName: row.changedByName },
    changes: policyChanges(found[index + 1]?.document ?? noApprovalPolicy, row.document),
  }));
  return { rows, older: found.length > versionsShown ? (rows.at(-1)?.version ?? null) : null };
}
