'use server';

import type { z } from 'zod';
import { administer, anew, door } from '#app/(portal)/door.ts';
import type { Actor } from '#lib/domain/actor.ts';
import type { CampaignPlan } from '#lib/domain/campaign.ts';
import { type PlanField, planFaults } from '#lib/domain/campaign-plan.ts';
import { type Outcome, Refusal } from '#lib/domain/refusal.ts';
import type { PersonContext } from '#lib/operations/context.ts';
import { askInstead } from '#lib/operations/reviews/ask-instead.ts';
import { cancelCampaign } from '#lib/operations/reviews/cancel-campaign.ts';
import { closeNow } from '#lib/operations/reviews/close-campaign.ts';
import { makeCampaign } from '#lib/operations/reviews/make-campaign.ts';
import { openNow } from '#lib/operations/reviews/open-campaign.ts';
import { findPeople } from '#lib/queries/find-people.ts';
import { planPreview } from '#lib/queries/plan-preview.ts';
import type { PlanPreview } from '#lib/queries/review-rows.ts';
import { askInsteadShape, campaignId, campaignShape, previewShape } from './shapes.ts';

export type PlanFaults = Partial<Record<PlanField, string>>;

/** What a plan would freeze now, and what is wrong with it so far. */
export async function previewReview(
  input: z.input<typeof previewShape>,
): Promise<Outcome<{ faults: PlanFaults; preview: PlanPreview | null }>> {
  return door('previewReview', previewShape, input, async ({ name, plan: typedPlan }, { actor }) => {
    const { plan, faults } = await judged(actor, name, typedPlan);
    const { name: _, opensAt: __, ...ofPlan } = faults;
    return { faults, preview: Object.keys(ofPlan).length > 0 ? null : await planPreview(actor, plan) };
  });
}

/** Keeps a review: as a draft, or to be opened at its time. Answers its id, or every field that is not right. */
export async function makeReview(
  input: z.input<typeof campaignShape>,
): Promise<Outcome<{ id: string | null; faults: PlanFaults }>> {
  return door('makeReview', campaignShape, input, async ({ opensAt, ...asked }, ctx, session) => {
    const fresh = await anew(ctx, session);
    const { plan, faults } = await judged(fresh.actor, asked.name, asked.plan);
    if (Object.keys(faults).length > 0) return { id: null, faults };
    const campaign = { ...asked, plan, opensAt: opensAt ? new Date(opensAt) : null };
    const id = await makeCampaign(fresh, campaign);
    if (campaign.status === 'scheduled' && !opensAt) await openIfReady(fresh, id);
    return { id, faults };
  });
}

/** Without waiting for the round. It is kept in any case: the round opens it once the tenant has been read. */
async function openIfReady(ctx: PersonContext, id: string): Promise<void> {
  try {
    await openNow(ctx, id);
  } catch (error) {
    const isLater = error instanceof Refusal && (error.code === 'no_reading' || error.code === 'conflict');
    if (!isLater) throw error;
  }
}

/** Opens a draft or scheduled review now. */
export async function openReview(id: string): Promise<Outcome<null>> {
  return onCampaign('openReview', id, openNow);
}

/** Gives a review up: nothing of it is applied. */
export async function cancelReview(id: string): Promise<Outcome<null>> {
  return onCampaign('cancelReview', id, cancelCampaign);
}

/** Closes an open review before its time. */
export async function closeReview(id: string): Promise<Outcome<null>> {
  return administer('closeReview', campaignId, id, async (known, ctx) => {
    await closeNow(ctx, known);
    return null;
  });
}

/** Asks somebody else about what a reviewer, or nobody, has left. */
export async function askSomebodyElse(
  input: z.input<typeof askInsteadShape>,
): Promise<Outcome<{ handed: number; left: number }>> {
  return door('askSomebodyElse', askInsteadShape, input, async (asked, ctx, session) =>
    askInstead(await anew(ctx, session), asked),
  );
}

function onCampaign(
  name: string,
  raw: string,
  verb: (ctx: PersonContext, id: string) => Promise<unknown>,
): Promise<Outcome<null>> {
  return door(name, campaignId, raw, async (id, ctx, session) => {
    await verb(await anew(ctx, session), id);
    return null;
  });
}

/** The plan with people by their object ids, and what is wrong with it. */
async function judged(
  actor: Actor,
  name: string,
  plan: CampaignPlan,
): Promise<{ plan: CampaignPlan; faults: PlanFaults }> {
  const people = await findPeople(actor, [...plan.named, ...plan.fallback]);
  if (!people) throw new Refusal('not_found');
  const missing = (texts: string[]) => texts.filter((text) => people.missing.includes(text));
  const idOf = (text: string) =>
    people.found.find(({ id, upn }) => same(id, text) || (upn !== null && same(upn, text)))?.id ?? text;
  const withIds = { ...plan, named: plan.named.map(idOf), fallback: plan.fallback.map(idOf) };
  const faults: PlanFaults = planFaults({ name, plan: withIds });
  for (const field of ['named', 'fallback'] as const) {
    const [first] = missing(plan[field]);
    if (first)
      faults[field] = `Nobody is known as “${first}”. Use the sign-in name, such as ada@contoso.com.`;
  }
  return { plan: withIds, faults };
}

function same(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
