/** Rows of Stint's own stages, for tests of what screens show of them. */
import { randomUUID } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import { requestApprovals, signatures, stageApprovers } from '#db/schema/approvals.ts';
import { requests } from '#db/schema/requests.ts';
import type { ApprovalRule, ApproverSet, Stage } from '#lib/domain/approval-policy.ts';
import { plusMinutes } from '#lib/domain/time.ts';

interface Named {
  id: string;
  name: string;
}

const anything: ApprovalRule['when'] = {
  ...{ planes: [], roles: [], scopes: [], critical: false, groups: [], guests: false },
  ...{ longerThanMinutes: null, atMostMinutes: null, hours: null, onCall: [], inChangeWindow: false },
};

export function stage(name: string, ...approvers: ApproverSet[]): Stage {
  return { name, approvers, signatures: 1, excluded: [], remindAfterMinutes: null, escalation: null };
}

/** Has a request wait in the first of these stages, for these people, instead of where it waits now. */
export async function waitsInStages(
  requestId: string,
  stages: Stage[],
  approvers: Named[],
  { bulk = false, lapseMinutes = 480 } = {},
): Promise<void> {
  const now = await clock(db());
  const rule: ApprovalRule = {
    ...{ id: randomUUID(), name: 'Production', when: anything },
    // biome-ignore lint/suspicious/noThenProperty: a rule reads “when … then …”, and is never awaited.
    then: { is: 'stages', stages, lapseMinutes, useByMinutes: 60, bulk },
  };
  await db().execute(sql`delete from request_approvers where request_id = ${requestId}`);
  await db().update(requests).set({ status: 'awaiting_signatures' }).where(eq(requests.id, requestId));
  await db()
    .insert(requestApprovals)
    .values({
      ...{ requestId, policyVersion: 1, rule, state: 'waiting', stageSince: now, checkedAt: now },
      lapsesAt: plusMinutes(now, lapseMinutes),
    });
  await mayEachSign(requestId, 0, approvers);
}

export async function mayEachSign(requestId: string, at: number, approvers: Named[]): Promise<void> {
  if (approvers.length === 0) return;
  await db()
    .insert(stageApprovers)
    .values(approvers.map(({ id, name }) => ({ requestId, stage: at, approverId: id, approverName: name })));
}

/** A signature as it stands, whoever gave it. */
export async function hasSigned(
  requestId: string,
  by: Named,
  more: Partial<typeof signatures.$inferInsert> = {},
): Promise<void> {
  const [request] = await db().select().from(requests).where(eq(requests.id, requestId));
  await db()
    .insert(signatures)
    .values({
      ...{ id: randomUUID(), requestId, requesterId: request?.requesterId ?? '', stage: 0 },
      ...{ approverId: by.id, approverName: by.name, approve: true, justification: 'Seen', via: 'portal' },
      ...{ state: 'recorded', signedAt: await clock(db()) },
      terms: { minutes: 60, scopeId: '', scopeName: '', startsAt: null },
      ...more,
    });
}
