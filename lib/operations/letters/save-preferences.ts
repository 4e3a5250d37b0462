import { eq } from 'drizzle-orm';
import { clock } from '#db/clock.ts';
import { letterPreferences } from '#db/schema/deliveries.ts';
import type { Preferences } from '#lib/domain/delivery.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { isTimeZone } from '#lib/domain/wall-time.ts';
import { change } from '#lib/operations/change.ts';
import type { PersonContext } from '#lib/operations/context.ts';

const time = /^([01]\d|2[0-3]):[0-5]\d$/;

/** Keeps how the person themself wants to be told, from now on. @throws Refusal `malformed` with the field. */
export async function savePreferences(ctx: PersonContext, preferences: Preferences): Promise<void> {
  const { objectId } = ctx.actor;
  await change(
    ctx,
    async (tx) => {
      const { zone, digest, quiet } = preferences;
      if (!isTimeZone(zone)) throw new Refusal('malformed', 'Choose a time zone.', 'zone');
      if (!time.test(digest.at)) throw new Refusal('malformed', 'Write the time as 08:00.', 'at');
      if (quiet && !(time.test(quiet.from) && time.test(quiet.until)))
        throw new Refusal('malformed', 'Write the times as 22:00.', 'quiet');
      const [before] = await tx
        .select()
        .from(letterPreferences)
        .where(eq(letterPreferences.personId, objectId))
        .for('update');
      return { before, now: await clock(tx) };
    },
    async (tx, { before, now }) => {
      const row = { personId: objectId, preferences, changedAt: now };
      await tx
        .insert(letterPreferences)
        .values(row)
        .onConflictDoUpdate({ target: letterPreferences.personId, set: row });
      const subject = { kind: 'person' as const, id: objectId };
      const details = { before: before?.preferences ?? null, after: preferences };
      return { value: null, entries: [{ action: 'letters.preferences_changed', subject, details }] };
    },
  );
}
