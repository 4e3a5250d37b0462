/** Verbs for tests of what Stint answers PIM: a policy in force, approvals, and questions as PIM asks them. */
import { randomUUID } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { approvalPolicies, requestApprovals, signatures } from '#db/schema/approvals.ts';
import { requests } from '#db/schema/requests.ts';
import { ticketChecks, ticketSystems } from '#db/schema/tickets.ts';
import type { ApprovalState } from '#lib/domain/approval.ts';
import { type ApprovalPolicy, type ApprovalRule, noApprovalPolicy } from '#lib/domain/approval-policy.ts';
import type { RoleAtScope, RoleNames } from '#lib/domain/assignment.ts';
import type { Callout, EvaluationStage } from '#lib/domain/evaluation.ts';
import { termsOf } from '#lib/domain/terms-of.ts';
import type { TicketRules } from '#lib/domain/ticket-system.ts';
import { plusMinutes } from '#lib/domain/time.ts';
import { asJob } from '#lib/operations/context.ts';
import type { Person } from '#lib/operations/testing.ts';
import { evaluate } from './evaluate.ts';

export type Role = RoleAtScope & RoleNames;

const anything: ApprovalRule['when'] = {
  ...{ planes: [], roles: [], scopes: [], critical: false, groups: [], guests: false },
  ...{ longerThanMinutes: null, atMostMinutes: null, hours: null, onCall: [], inChangeWindow: false },
};

/** A rule about everything: one signature of anybody named. */
export const twoEyes: ApprovalRule & { then: { is: 'stages' } } = {
  ...{ id: 'rule', name: 'Two eyes', when: anything },
  // biome-ignore lint/suspicious/noThenProperty: a rule's outcome is called so; it is no promise.
  then: {
    is: 'stages',
    stages: [
      {
        ...{ name: 'First', approvers: [{ is: 'person', id: 'bo', name: 'Bo' }], signatures: 1 },
        ...{ excluded: [], remindAfterMinutes: null, escalation: null },
      },
    ],
    ...{ lapseMinutes: 1440, useByMinutes: 240, bulk: false },
  },
};
// biome-ignore lint/suspicious/noThenProperty: as above.
export const automatic: ApprovalRule = { ...twoEyes, name: 'Low risk', then: { is: 'automatic' } };

/** Puts a policy in force. */
export async function inForce(policy: Partial<ApprovalPolicy>): Promise<void> {
  const by = { changedById: 'mira', changedByName: 'Mira', note: '', changedAt: sql`stint_now()` };
  const version = sql`(select coalesce(max(version), 0) + 1 from approval_policies)`;
  await db()
    .insert(approvalPolicies)
    .values({ version, document: { ...noApprovalPolicy, ...policy }, ...by });
}

type Facts = Partial<typeof requests.$inferInsert> & {
  state?: ApprovalState;
  useBy?: Date | null;
  usedAt?: Date | null;
  rule?: ApprovalRule;
};

/** A request of a person with its approval, as the stages leave it: approved, and to be started. */
export async function approved(person: Person, role: Role, now: Date, facts: Facts = {}): Promise<string> {
  const id = randomUUID();
  const { state = 'approved', useBy = plusMinutes(now, 240), usedAt = null, ...others } = facts;
  const { rule = state === 'automatic' ? automatic : twoEyes, ...more } = others;
  await db()
    .insert(requests)
    .values({
      ...{ id, submissionId: id, origin: 'stint', requesterId: person.id, requesterName: person.name },
      ...{ plane: role.plane, roleId: role.roleId, scopeId: role.scopeId, roleName: role.roleName },
      ...{ scopeName: role.scopeName, scopeKind: role.scopeKind, eligibilityId: 'e' },
      ...{ justification: 'A disk is full', ticketNumber: 'INC-1', minutes: 60, status: 'approved' },
      filedAt: now,
      ...more,
    });
  await db()
    .insert(requestApprovals)
    .values({
      ...{ requestId: id, policyVersion: 1, rule, state },
      ...{ stageSince: now, checkedAt: now, lapsesAt: plusMinutes(now, 1440), useBy, usedAt },
    });
  if (state === 'approved') await signed(id, person, now);
  return id;
}

async function signed(requestId: string, person: Person, now: Date): Promise<void> {
  const [row] = await db().select().from(requests).where(eq(requests.id, requestId));
  if (!row) throw new Error(`no request ${requestId}`);
  await db()
    .insert(signatures)
    .values({
      ...{ id: randomUUID(), requestId, requesterId: person.id, stage: 0, approve: true },
      ...{ approverId: 'bo', approverName: 'Bo', justification: 'Known work', terms: termsOf(row) },
      ...{ via: 'portal', state: 'recorded', signedAt: now },
    });
}

/** Its ticket is found closed. */
export async function closesTicket(requestId: string, now: Date): Promise<void> {
  const id = randomUUID();
  await db()
    .insert(ticketSystems)
    .values({
      ...{ id, name: `Tickets ${id}`, kind: 'pattern', baseUrl: '', project: '', enabled: true },
      ...{ patterns: [], closedStates: [], changedAt: now, changedByName: 'Mira' },
      rules: { mustBeOpen: true, whenUnreachable: 'allow' } as TicketRules,
    });
  await db()
    .insert(ticketChecks)
    .values({
      ...{ requestId, systemId: id, key: 'INC-1', title: 'A disk is full', state: 'Closed', tells: false },
      ...{ verdict: 'broken', note: 'INC-1 is Closed.', checkedAt: now },
    });
}

/** What PIM asks when a person activates in another client. */
export function question(person: Person, role: Role, facts: Partial<Callout> = {}): Callout {
  const { plane, roleId, scopeId } = role;
  return {
    ...{ azureId: randomUUID(), principalId: person.id, role: { plane, roleId, scopeId }, minutes: 60 },
    ...{ action: 'activate', startsAt: null, justification: 'A disk is full', ticketNumber: 'INC-1' },
    ...facts,
  };
}

export function asks(callout: Callout | null, stage: EvaluationStage = 'pre_approval') {
  const linkTo = ({ role }: Callout) => `https://stint.example/activate?role=${role.roleId}`;
  return evaluate(asJob('pim-extension', randomUUID()), { stage, callout, linkTo });
}

export async function approvalOf(id: string) {
  const [row] = await db().select().from(requestApprovals).where(eq(requestApprovals.requestId, id));
  if (!row) throw new Error(`no approval of ${id}`);
  return row;
}
