import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import { principals } from '#db/schema/inventory.ts';
import { campaigns } from '#db/schema/reviews.ts';
import type { CampaignPlan } from '#lib/domain/campaign.ts';
import { planFaults } from '#lib/domain/campaign-plan.ts';
import { mayRunReviews } from '#lib/domain/permission.ts';
import { daysLater } from '#lib/domain/recurrence.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { change } from '#lib/operations/change.ts';
import type { PersonContext } from '#lib/operations/context.ts';

export interface CampaignDraft {
  /** The form's own: sent twice, it is one campaign. */
  id: string;
  /** null: a new one; else the draft or scheduled one as it was last seen. */
  version: number | null;
  name: string;
  plan: CampaignPlan;
  /** null: as soon as possible. */
  opensAt: Date | null;
  status: 'draft' | 'scheduled';
}

/**
 * Makes a campaign, or changes one that has not opened. It opens at its moment, or when somebody says so.
 * @throws Refusal malformed (the first wrong field), conflict when it was changed or opened meanwhile.
 */
export function makeCampaign(ctx: PersonContext, draft: CampaignDraft): Promise<string> {
  return change(
    ctx,
    async (tx) => {
      if (!mayRunReviews(ctx.actor)) throw new Refusal('not_found');
      const [fault] = Object.entries(planFaults(draft));
      if (fault) throw new Refusal('malformed', fault[1], fault[0]);
      await requirePeople(tx, 'named', draft.plan.named);
      await requirePeople(tx, 'fallback', draft.plan.fallback);
      return clock(tx);
    },
    async (tx, now) => {
      const facts = factsOf(draft, now);
      const isKept =
        draft.version === null ? await insert(tx, ctx, draft, facts) : await update(tx, ctx, draft, facts);
      if (isKept === 'already') return { value: draft.id, entries: [] };
      const { name, plan, status } = facts;
      return {
        value: draft.id,
        entries: [
          {
            action: draft.version === null ? 'campaign.made' : 'campaign.changed',
            subject: { kind: 'campaign', id: draft.id },
            details: { name, plan, status, opensAt: facts.opensAt.toISOString() },
          },
        ],
      };
    },
  );
}

function factsOf({ name, plan, status, ...draft }: CampaignDraft, now: Date) {
  const opensAt = draft.opensAt && draft.opensAt > now ? draft.opensAt : now;
  const closesAt = daysLater(opensAt, plan.days, plan.recurrence?.timeZone ?? 'UTC');
  return { name: name.trim(), plan, status, opensAt, closesAt };
}

async function insert(
  tx: Tx,
  { actor }: PersonContext,
  { id }: CampaignDraft,
  facts: ReturnType<typeof factsOf>,
): Promise<'kept' | 'already'> {
  const made = { createdById: actor.objectId, createdByName: actor.name, createdAt: sql`stint_now()` };
  const [kept] = await tx
    .insert(campaigns)
    .values({ id, seriesId: id, number: 1, ...facts, ...made })
    .onConflictDoNothing()
    .returning({ id: campaigns.id });
  if (kept) return 'kept';
  const [there] = await tx.select().from(campaigns).where(eq(campaigns.id, id));
  if (there?.createdById !== actor.objectId) throw new Refusal('conflict');
  return 'already';
}

async function update(
  tx: Tx,
  { actor }: PersonContext,
  { id, version }: CampaignDraft,
  facts: ReturnType<typeof factsOf>,
): Promise<'kept'> {
  const [kept] = await tx
    .update(campaigns)
    .set({
      ...facts,
      // Who changes a plan makes it: a second person is somebody else.
      editorIds: sql`case when ${campaigns.createdById} = ${actor.objectId} or ${campaigns.editorIds} ? ${actor.objectId}
        then ${campaigns.editorIds} else ${campaigns.editorIds} || to_jsonb(${actor.objectId}::text) end`,
      version: sql`${campaigns.version} + 1`,
    })
    .where(
      and(
        eq(campaigns.id, id),
        eq(campaigns.version, version ?? 0),
        inArray(campaigns.status, ['draft', 'scheduled']),
      ),
    )
    .returning({ id: campaigns.id });
  if (!kept) throw new Refusal('conflict');
  return 'kept';
}

async function requirePeople(tx: Tx, field: 'named' | 'fallback', ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const found = await tx
    .select({ id: principals.id })
    .from(principals)
    .where(
      sql`${inArray(principals.id, [...ids])} and kind in ('member', 'guest') and gone_at is null and enabled is not false`,
    );
  if (found.length < new Set(ids).size)
    throw new Refusal('malformed', 'Somebody named here is not in the tenant, or cannot sign in.', field);
}
