import { randomUUID } from 'node:crypto';
import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { approvalPolicies } from '#db/schema/approvals.ts';
import { assignments, principals } from '#db/schema/inventory.ts';
import { accessChanges } from '#db/schema/reviews.ts';
import type { AssignmentKept } from '#lib/domain/access-change.ts';
import type { ApprovalPolicy } from '#lib/domain/approval-policy.ts';
import { floorMinutes, plusMinutes } from '#lib/domain/time.ts';
import { isSwitchedOn } from '#lib/operations/apply/is-switched-on.ts';
import type { Told } from '#lib/operations/change.ts';
import type { RequestRecord } from '#lib/operations/requests/move.ts';

/**
 * Has the Applier end an activation that went past Stint's approval, where the policy in force says so: asked by who
 * saved that policy. The Applier's switches and guards hold as for any other change; PIM's floor is waited for. `isOn`: it
 * is switched on there. null: nothing is to be ended.
 */
export async function endBypassed(
  tx: Tx,
  request: RequestRecord,
  { version, policy }: { version: number; policy: ApprovalPolicy },
  now: Date,
): Promise<{ told: Told; isOn: boolean } | null> {
  if (!policy.endsBypassed) return null;
  const [by] = await tx.select().from(approvalPolicies).where(eq(approvalPolicies.version, version));
  if (!by) return null;
  const kept = await keptOf(tx, request);
  const id = randomUUID();
  const floor = plusMinutes(request.startsAt ?? now, floorMinutes);
  const [made] = await tx
    .insert(accessChanges)
    .values({
      ...{ id, requestId: request.id, verb: 'remove', way: 'assignment', state: 'waiting', kept },
      ...{ plane: request.plane, scopeId: request.scopeId, principalId: request.requesterId },
      ...{ askedById: by.changedById, askedByName: by.changedByName, askedAt: now },
      ...{ progress: { because: 'bypassed' }, checkAt: floor > now ? floor : now },
    })
    .onConflictDoNothing()
    .returning();
  if (!made) return null;
  const details = { because: 'bypassed', requestId: request.id, policyVersion: version };
  const told: Told = {
    action: 'access_change.asked',
    subject: { kind: 'access_change', id },
    details: { ...details, principalId: request.requesterId },
  };
  return { told, isOn: await isSwitchedOn(tx, made) };
}

async function keptOf(tx: Tx, request: RequestRecord): Promise<AssignmentKept> {
  const { azureId, endsAt, plane, requesterId, requesterName, roleId, roleName, startsAt } = request;
  const [principal] = await tx
    .select({ kind: principals.kind })
    .from(principals)
    .where(eq(principals.id, requesterId));
  const [listed] = await tx
    .select({ id: assignments.id })
    .from(assignments)
    .where(
      and(
        ...[eq(assignments.principalId, requesterId), eq(assignments.kind, 'activated')],
        ...[eq(assignments.plane, plane), eq(assignments.roleId, roleId), isNull(assignments.goneAt)],
        eq(sql`lower(${assignments.scopeId})`, request.scopeId.toLowerCase()),
      ),
    );
  return {
    ...{ plane, roleId, scopeId: request.scopeId, roleName },
    ...{ scopeName: request.scopeName, scopeKind: request.scopeKind },
    // The inventory may not have read it yet; what is there is looked up when it is taken away.
    ...{
      assignmentId: listed?.id ?? `request ${request.id}`,
      azureId: azureId ?? '',
      scheduleId: null,
      kind: 'activated',
    },
    ...{ principalId: requesterId, principalName: requesterName, principalKind: principal?.kind ?? 'member' },
    ...{ condition: null, conditionVersion: null },
    ...{ startsAt: startsAt?.toISOString() ?? null, endsAt: endsAt?.toISOString() ?? null },
  };
}
