/** A small tenant for tests of reviews: people, groups and workloads, and who holds what. */
import { randomUUID } from 'node:crypto';
import { and, asc, eq, sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { empty } from '#db/empty.ts';
import { auditEntries } from '#db/schema/audit.ts';
import { assignments, inventoryRuns, memberships, principals, responsibles } from '#db/schema/inventory.ts';
import { mirrorRoles } from '#db/schema/mirror.ts';
import { breakGlassAccounts, effectiveMembers } from '#db/schema/posture.ts';
import { accessChanges, campaigns, itemReviewers, reviewItems } from '#db/schema/reviews.ts';
import { testTenant } from '#db/testing.ts';
import type { AppRole } from '#lib/domain/actor.ts';
import type { CampaignPlan, ItemDecision } from '#lib/domain/campaign.ts';
import { campaignTemplates } from '#lib/domain/campaign-template.ts';
import type { PrincipalKind, Responsibility } from '#lib/domain/principal.ts';
import { asPerson, type PersonContext } from '#lib/operations/context.ts';
import { decideItems } from './decide-items.ts';
import { makeCampaign } from './make-campaign.ts';
import { openNow } from './open-campaign.ts';
import { submitItems } from './submit-items.ts';

const seen = { seenIn: randomUUID(), firstSeenAt: new Date('2026-01-01') };

/** A plan about everything, asked of Rea. */
export const everything: CampaignPlan = {
  ...campaignTemplates.critical_entra.plan,
  ...{ planes: ['entra', 'azure', 'group'], roles: [], reviewers: [], fallback: ['rea'], recurrence: null },
  ...{
    principalKinds: ['member', 'guest', 'group', 'service_principal', 'managed_identity', 'agent', 'unknown'],
  },
};

export const as = (id: string, ...roles: AppRole[]): PersonContext =>
  asPerson({ tenantId: testTenant, objectId: id, name: id, upn: `${id}@contoso.example`, roles }, 'trace');
export const administrator = as('adele', 'Stint.Administrator');

/** Nobody but the reviewers, one privileged role, and a reading that came to its end. */
export async function emptyTenant(): Promise<void> {
  await empty(`access_changes item_reviewers review_items campaigns findings uses use_coverage
    break_glass_accounts effective_members memberships responsibles assignments principals
    mirror_roles mirror_policies scope_tree inventory_runs`);
  await db()
    .insert(inventoryRuns)
    .values({
      ...{ id: seen.seenIn, startedAt: sql`stint_now()`, finishedAt: sql`stint_now()`, goneOnAt: sql`now()` },
      privilege: { standing: 0, onRequest: 0 },
    });
  await db()
    .insert(mirrorRoles)
    .values({
      ...{ plane: 'entra', roleId: 'critical', readAt: sql`now()` },
      definition: {
        ...{
          plane: 'entra',
          id: 'critical',
          name: 'Critical',
          description: '',
          isBuiltIn: true,
          isPrivileged: true,
        },
        ...{ actions: [], notActions: [], dataActions: [], notDataActions: [] },
      },
    });
  for (const id of ['rea', 'adele']) await is(id);
}

export async function is(
  id: string,
  kind: PrincipalKind = 'member',
  facts: Partial<typeof principals.$inferInsert> = {},
): Promise<void> {
  await db()
    .insert(principals)
    .values({
      id,
      kind,
      name: id,
      upn: `${id}@contoso.example`,
      enabled: true,
      list: 'users',
      ...seen,
      ...facts,
    });
}

export async function holds(
  principalId: string,
  facts: Partial<typeof assignments.$inferInsert> = {},
): Promise<string> {
  const id = facts.id ?? `entra_active ${principalId} ${randomUUID()}`;
  await db()
    .insert(assignments)
    .values({
      ...{ id, list: 'entra_active', place: '/', plane: 'entra', kind: 'standing', roleId: 'plain' },
      ...{ roleName: 'Plain', scopeId: '/', scopeName: 'Directory', scopeKind: 'directory', principalId },
      ...{ azureId: id, createdAt: new Date('2025-01-01'), ...seen, ...facts },
    });
  return id;
}

export async function answersFor(responsibleId: string, as: Responsibility, principalId: string) {
  await db()
    .insert(responsibles)
    .values({ principalId, responsibleId, as, list: 'users', ...seen });
}

/** A member, as read and as worked out. */
export async function isIn(memberId: string, groupId: string, through: string[] = []): Promise<void> {
  const direct = through.at(-1) ?? groupId;
  await db()
    .insert(memberships)
    .values({ groupId: direct, memberId, ...seen })
    .onConflictDoNothing();
  await db().insert(effectiveMembers).values({ groupId, memberId, through });
}

/** Eligible to activate a membership. */
export async function mayJoin(principalId: string, groupId: string): Promise<void> {
  const member = { plane: 'group', roleId: 'member', scopeId: groupId, scopeKind: 'group' } as const;
  await holds(principalId, { ...member, kind: 'eligible', list: 'group_eligible' });
}

export async function isBreakGlass(principalId: string): Promise<void> {
  await db().insert(breakGlassAccounts).values({ principalId, name: principalId, namedAs: principalId });
}

export async function makes(plan: Partial<CampaignPlan> = {}, name = 'A review'): Promise<string> {
  const draft = { version: null, name, opensAt: null, status: 'draft' as const };
  return makeCampaign(administrator, { id: randomUUID(), ...draft, plan: { ...everything, ...plan } });
}

export async function opens(plan: Partial<CampaignPlan> = {}, name?: string): Promise<string> {
  const id = await makes(plan, name);
  await openNow(administrator, id);
  return id;
}

/** Decides what the person is asked about these holders, and submits it. */
export async function submits(
  ctx: PersonContext,
  campaignId: string,
  decision: ItemDecision,
  ...holders: string[]
): Promise<void> {
  const items = (await itemsOf(campaignId)).filter(({ principalId }) => holders.includes(principalId));
  const { refused } = await decideItems(ctx, { campaignId, items, decision, rationale: 'Seen' });
  if (refused[0]) throw new Error(refused[0].message);
  await submitItems(ctx, { campaignId, itemIds: items.map(({ id }) => id) });
}

export function itemsOf(campaignId: string) {
  return db()
    .select()
    .from(reviewItems)
    .where(eq(reviewItems.campaignId, campaignId))
    .orderBy(asc(reviewItems.principalId), asc(reviewItems.assignmentId));
}

export async function itemOf(campaignId: string, principalId: string) {
  const found = (await itemsOf(campaignId)).find((item) => item.principalId === principalId);
  if (!found) throw new Error(`nothing of ${principalId} is reviewed`);
  return found;
}

/** Who is asked about what a principal holds, with the rule. */
export async function askedAbout(campaignId: string, principalId: string): Promise<string[]> {
  const { id } = await itemOf(campaignId, principalId);
  const rows = await db().select().from(itemReviewers).where(eq(itemReviewers.itemId, id));
  return rows.map(({ reviewerId, rule }) => `${reviewerId} ${rule}`).toSorted();
}

export async function campaign(id: string) {
  const [row] = await db().select().from(campaigns).where(eq(campaigns.id, id));
  if (!row) throw new Error(`no campaign ${id}`);
  return row;
}

export function changesOf(campaignId: string) {
  return db()
    .select()
    .from(accessChanges)
    .where(eq(accessChanges.campaignId, campaignId))
    .orderBy(asc(accessChanges.principalId));
}

/** What is on record of a subject, in order. */
export async function told(kind: 'campaign' | 'review_item', id: string): Promise<string[]> {
  const rows = await db()
    .select({ action: auditEntries.action })
    .from(auditEntries)
    .where(and(eq(auditEntries.subjectKind, kind), eq(auditEntries.subjectId, id)))
    .orderBy(asc(auditEntries.seq));
  return rows.map(({ action }) => action);
}
