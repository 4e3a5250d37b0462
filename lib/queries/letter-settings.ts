import { eq } from 'drizzle-orm';
import { addressesOf } from '#db/addresses-of.ts';
import { db } from '#db/client.ts';
import { letterPreferences, outboundChannels } from '#db/schema/deliveries.ts';
import type { Actor } from '#lib/domain/actor.ts';
import { personalChannels, usualPreferences } from '#lib/domain/delivery.ts';
import type { LetterSettings } from './letter-rows.ts';

/** How the viewer wants to be told, and by which ways they are reached. */
export async function letterSettings(viewer: Actor): Promise<LetterSettings> {
  const [[wanted], setUp, addresses] = await Promise.all([
    db().select().from(letterPreferences).where(eq(letterPreferences.personId, viewer.objectId)),
    db().select().from(outboundChannels),
    addressesOf(db(), [viewer.objectId]),
  ]);
  const own = addresses.get(viewer.objectId) ?? [];
  return {
    preferences: wanted?.preferences ?? usualPreferences,
    isChosen: wanted !== undefined,
    channels: personalChannels.map((name) => ({
      name,
      isSetUp: setUp.some((one) => one.name === name && one.isSetUp),
      address: own.find(({ channel }) => channel === name)?.address ?? null,
    })),
  };
}
