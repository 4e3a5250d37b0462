'use server';

import { z } from 'zod';
import { administer, typed } from '#app/(portal)/door.ts';
import type { Outcome } from '#lib/domain/refusal.ts';
import { callOffOverride, overrideDuty } from '#lib/operations/schedules/override-duty.ts';
import { removeSchedule } from '#lib/operations/schedules/remove-schedule.ts';
import { saveSchedule } from '#lib/operations/schedules/save-schedule.ts';

const person = z.object({ id: z.guid(), name: z.string().min(1).max(200) });
const field = z.string().max(40);
const schedule = z.object({
  id: z.guid().nullable(),
  version: z.number().int().min(0),
  name: typed.pipe(z.string().max(200)),
  rotation: z.object({
    zone: z.string().max(60),
    people: z.array(person).max(200),
    weekday: z.number(),
    time: field,
    lengthDays: z.number(),
    from: field,
  }),
});

/** Makes a schedule of duty, or changes one; answers its id. */
export async function saveDutySchedule(input: z.input<typeof schedule>): Promise<Outcome<{ id: string }>> {
  return administer('saveDutySchedule', schedule, input, async (known, ctx) => ({
    id: await saveSchedule(ctx, known),
  }));
}

const removed = z.object({ id: z.guid(), version: z.number().int().min(1) });

/** Removes a schedule that the policy does not name. */
export async function removeDutySchedule(input: z.input<typeof removed>): Promise<Outcome<null>> {
  return administer('removeDutySchedule', removed, input, async (known, ctx) => {
    await removeSchedule(ctx, known);
    return null;
  });
}

const override = z.object({ scheduleId: z.guid(), person, from: field, until: field });

/** Puts somebody on call for a time. */
export async function overrideOnCall(input: z.input<typeof override>): Promise<Outcome<null>> {
  return administer('overrideOnCall', override, input, async (known, ctx) => {
    await overrideDuty(ctx, known);
    return null;
  });
}

const single = z.object({ id: z.guid() });

/** Calls such a time off. */
export async function callOffOnCall(input: z.input<typeof single>): Promise<Outcome<null>> {
  return administer('callOffOnCall', single, input, async ({ id }, ctx) => {
    await callOffOverride(ctx, id);
    return null;
  });
}
