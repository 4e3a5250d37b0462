import { z } from 'zod';
import { typed } from '#app/(portal)/door.ts';
import { applyModes, itemDecisions, reviewerRules, silenceMeanings } from '#lib/domain/campaign.ts';
import { mostAtOnce } from '#lib/domain/campaign-plan.ts';
import { holdingKinds } from '#lib/domain/inventory.ts';
import { planes } from '#lib/domain/plane.ts';
import { principalKinds } from '#lib/domain/principal.ts';

/** What the actions of reviews take: the shape only, what it means is judged inside. */

const lines = z.array(typed).max(500);
const number = z.number().int();

export const planShape = z.object({
  planes: z.array(z.enum(planes)).max(10),
  roles: z.union([z.literal('critical'), lines]),
  scopes: lines,
  holdings: z.array(z.enum(holdingKinds)).max(10),
  principalKinds: z.array(z.enum(principalKinds)).max(10),
  only: z.enum(['all', 'stale', 'risky']),
  reviewers: z.array(z.enum(reviewerRules)).max(10),
  /** Sign-in names or object ids. */
  named: lines,
  fallback: lines,
  days: number,
  recurrence: z.object({ everyDays: number, timeZone: typed }).nullable(),
  reminders: z.array(number).max(50),
  silence: z.enum(silenceMeanings),
  reasonToKeepCritical: z.boolean(),
  apply: z.enum(applyModes),
});

export const previewShape = z.object({ name: typed, plan: planShape });

export const campaignShape = previewShape.extend({
  id: z.guid(),
  version: number.nullable(),
  opensAt: z.iso.datetime({ offset: true }).nullable(),
  status: z.enum(['draft', 'scheduled']),
});

export const campaignId = z.guid();

const itemIds = z.array(z.guid()).min(1).max(mostAtOnce);

export const decisionShape = z.object({
  campaignId,
  items: z
    .array(z.object({ id: z.guid(), version: number }))
    .min(1)
    .max(mostAtOnce),
  decision: z.enum(itemDecisions),
  rationale: typed,
  hasSeenGroup: z.boolean(),
});

export const submitShape = z.object({ campaignId, itemIds: z.union([z.literal('all'), itemIds]) });

export const askInsteadShape = z.object({ campaignId, from: typed.nullable(), to: typed, note: typed });

export const handOnShape = z.object({ campaignId, itemIds, to: typed, note: typed });
