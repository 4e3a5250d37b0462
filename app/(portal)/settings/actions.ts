'use server';

import { z } from 'zod';
import { administer } from '#app/(portal)/door.ts';
import type { Outcome } from '#lib/domain/refusal.ts';
import { saveSetting } from '#lib/operations/settings/save-setting.ts';
import { saveStepUp } from '#lib/operations/settings/save-step-up.ts';

const version = z.number().int().min(0);
const phrase = z.string().trim().min(1).max(60);
const reasons = z.object({
  version,
  value: z.object({
    shortest: z.number().int().min(0).max(200),
    refusesNoise: z.boolean(),
    emptyPhrases: z.array(phrase).max(200),
  }),
});
const reach = z.enum(['never', 'critical', 'always']);
const stepUp = z.object({
  version,
  value: z.object({
    activations: reach,
    decisions: reach,
    administration: z.boolean(),
    context: z
      .string()
      .regex(/^c\d{1,2}$/)
      .nullable(),
    freshMinutes: z.number().int().min(1).max(60),
  }),
});

/** What a reason must be, for everybody from now on. */
export async function saveReasonRules(input: z.input<typeof reasons>): Promise<Outcome<null>> {
  return administer('saveReasonRules', reasons, input, async (asked, ctx) => {
    await saveSetting(ctx, { key: 'reasons', ...asked });
    return null;
  });
}

/** When Stint asks for a fresh sign-in; who switches it on passes it first. */
export async function saveStepUpRules(input: z.input<typeof stepUp>): Promise<Outcome<null>> {
  return administer('saveStepUpRules', stepUp, input, async (asked, ctx) => {
    await saveStepUp(ctx, asked);
    return null;
  });
}
