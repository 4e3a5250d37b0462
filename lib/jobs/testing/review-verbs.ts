import { randomUUID } from 'node:crypto';
import { and, asc, eq, isNotNull, isNull } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { auditEntries } from '#db/schema/audit.ts';
import { assignments, inventoryRuns, principals } from '#db/schema/inventory.ts';
import { accessChanges, campaigns, reviewItems } from '#db/schema/reviews.ts';
import { campaignTemplates } from '#lib/domain/campaign-template.ts';
import { asPerson } from '#lib/operations/context.ts';
import { closeNow } from '#lib/operations/reviews/close-campaign.ts';
import { makeCampaign } from '#lib/operations/reviews/make-campaign.ts';

/** An administrator who signed in nowhere. */
export const administrator = asPerson(
  { tenantId: '', objectId: 'adele', name: 'Adele', upn: 'adele', roles: ['Stint.Administrator'] },
  'killed',
);

/** What tests that kill an engine ask of its reviews. */
export const reviewVerbs = {
  /** The tenant was read to its end. */
  isRead: async () => (await db().$count(inventoryRuns, isNotNull(inventoryRuns.finishedAt))) > 0,

  /** Every assignment that is in the inventory. */
  inForce: async () =>
    (await db().select().from(assignments).where(isNull(assignments.goneAt)))
      .map(({ plane, principalId, roleName }) => `${plane} ${principalId} ${roleName.toLowerCase()}`)
      .toSorted(),

  /** A review of everything, due at once; asked of somebody who is in the tenant. @returns its id. */
  async makeReview() {
    const [somebody] = await db()
      .select({ id: principals.id })
      .from(principals)
      .where(and(eq(principals.kind, 'member'), eq(principals.enabled, true), isNull(principals.goneAt)))
      .limit(1);
    const plan = { ...campaignTemplates.critical_entra.plan, fallback: [somebody?.id ?? ''] };
    const draft = { id: randomUUID(), version: null, name: 'Killed', opensAt: null };
    return makeCampaign(administrator, {
      ...draft,
      status: 'scheduled',
      plan: { ...plan, silence: 'remove' },
    });
  },

  async closeReview(id: string) {
    await closeNow(administrator, id);
  },

  /** What is left of a review, counted, and what is on record of it. */
  async review(id: string) {
    const [campaign] = await db().select().from(campaigns).where(eq(campaigns.id, id));
    const entries = await db()
      .select({ action: auditEntries.action })
      .from(auditEntries)
      .where(and(eq(auditEntries.subjectKind, 'campaign'), eq(auditEntries.subjectId, id)))
      .orderBy(asc(auditEntries.seq));
    return {
      status: campaign?.status,
      population: campaign?.population,
      items: await db().$count(reviewItems, eq(reviewItems.campaignId, id)),
      undecided: await db().$count(
        reviewItems,
        and(eq(reviewItems.campaignId, id), isNull(reviewItems.decision)),
      ),
      toRemove: await db().$count(
        reviewItems,
        and(eq(reviewItems.campaignId, id), eq(reviewItems.decision, 'remove')),
      ),
      changes: await db().$count(accessChanges, eq(accessChanges.campaignId, id)),
      inSeries: await db().$count(campaigns, eq(campaigns.seriesId, id)),
      actions: entries.map(({ action }) => action),
    };
  },
};
