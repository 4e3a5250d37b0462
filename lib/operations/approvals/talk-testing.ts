/** A policy with stages for tests of what is said about a request. */
import { eq } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { empty } from '#db/empty.ts';
import { approvalPolicies, requestApprovals, signatures, stageApprovers } from '#db/schema/approvals.ts';
import { principals } from '#db/schema/inventory.ts';
import { letters } from '#db/schema/letters.ts';
import {
  type ApprovalPolicy,
  type ApprovalRule,
  type Conditions,
  noApprovalPolicy,
  type Stage,
} from '#lib/domain/approval-policy.ts';
import type { LetterKind } from '#lib/domain/letter.ts';

interface Person {
  id: string;
  name: string;
}
type DirectoryPerson = Person & { upn: string | null };

export const anything: Conditions = {
  ...{ planes: [], roles: [], scopes: [], critical: false, groups: [], guests: false },
  ...{ longerThanMinutes: null, atMostMinutes: null, hours: null, onCall: [], inChangeWindow: false },
};

export function stageOf(name: string, of: readonly Person[], more: Partial<Stage> = {}): Stage {
  const approvers = of.map(({ id, name: called }) => ({ is: 'person' as const, id, name: called }));
  return {
    name,
    approvers,
    signatures: 1,
    excluded: [],
    remindAfterMinutes: null,
    escalation: null,
    ...more,
  };
}

export function ruleOf(name: string, stages: Stage[], when: Partial<Conditions> = {}): ApprovalRule {
  const then = { is: 'stages' as const, stages, lapseMinutes: 1440, useByMinutes: 480, bulk: false };
  return { id: name, name, when: { ...anything, ...when }, then };
}

/** An installation in which this policy, and nothing else of approvals, was ever saved; and these people are known. */
export async function pins(known: Record<string, DirectoryPerson>, ...rules: ApprovalRule[]): Promise<void> {
  await empty('approval_policies absences linked_accounts principals letters');
  await saves({ ...noApprovalPolicy, rules }, 1);
  const user = { kind: 'member' as const, enabled: true, list: 'users' as const };
  const seen = { seenIn: '0d4b3a52-8a41-4c1e-9f6e-2f1d6b7c8a90', firstSeenAt: new Date() };
  await db()
    .insert(principals)
    .values(Object.values(known).map(({ id, name, upn }) => ({ id, name, upn, ...user, ...seen })));
}

export async function saves(document: ApprovalPolicy, version: number): Promise<void> {
  const changed = { changedAt: new Date(), changedById: 'x', changedByName: 'x' };
  await db()
    .insert(approvalPolicies)
    .values({ version, document, note: '', ...changed });
}

/** Who was told so, by name of the kind, in any order. */
export async function told(kind: LetterKind): Promise<string[]> {
  const rows = await db().select().from(letters).where(eq(letters.kind, kind));
  return rows.map(({ personId }) => personId).toSorted();
}

export const signersOf = (requestId: string) =>
  db().select().from(stageApprovers).where(eq(stageApprovers.requestId, requestId));
export const signedOf = (requestId: string) =>
  db().select().from(signatures).where(eq(signatures.requestId, requestId));
export const approvalOf = async (requestId: string) =>
  (await db().select().from(requestApprovals).where(eq(requestApprovals.requestId, requestId)))[0];
