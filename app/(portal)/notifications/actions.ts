'use server';

import { z } from 'zod';
import { door } from '#app/(portal)/door.ts';
import { letterGroups } from '#lib/domain/delivery.ts';
import type { Outcome } from '#lib/domain/refusal.ts';
import { readLetters } from '#lib/operations/letters/read-letters.ts';
import { savePreferences } from '#lib/operations/letters/save-preferences.ts';
import { sendTest } from '#lib/operations/letters/send-test.ts';

const some = z.union([z.literal('all'), z.array(z.guid()).max(100)]);

/** Marks the person's own notifications as read: these, or all. */
export async function readNotifications(input: z.input<typeof some>): Promise<Outcome<null>> {
  return door('readNotifications', some, input, async (ids, ctx) => {
    await readLetters(ctx, ids);
    return null;
  });
}

const ways = z.object({ mail: z.boolean(), slack: z.boolean(), teams: z.boolean(), browser: z.boolean() });
const time = z.string().max(5);
const preferences = z.object({
  sends: z.object(
    Object.fromEntries(letterGroups.map((group) => [group, ways])) as Record<
      (typeof letterGroups)[number],
      typeof ways
    >,
  ),
  zone: z.string().max(60),
  digest: z.object({
    every: z.enum(['never', 'day', 'week']),
    at: time,
    day: z.number().int().min(1).max(7),
  }),
  quiet: z.object({ from: time, until: time }).nullable(),
  urgentPasses: z.boolean(),
});

/** Keeps how the person wants to be told. */
export async function saveNotifications(input: z.input<typeof preferences>): Promise<Outcome<null>> {
  return door('saveNotifications', preferences, input, async (wanted, ctx) => {
    await savePreferences(ctx, wanted);
    return null;
  });
}

/** Sends the person a letter by every way that reaches them. */
export async function testNotifications(): Promise<Outcome<null>> {
  return door('testNotifications', z.undefined(), undefined, async (_, ctx) => {
    await sendTest(ctx);
    return null;
  });
}
