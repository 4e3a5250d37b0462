'use server';

import { z } from 'zod';
import type { Outcome } from '#lib/domain/refusal.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { openPlace } from '#lib/operations/places/open-place.ts';
import type { PlacesBelow } from '#lib/queries/place-rows.ts';
import { placesBelow } from '#lib/queries/places-below.ts';
import { door, sealer } from './door.ts';

const place = z.object({ key: z.string().max(2000), scopeId: z.string().max(1000) });

/** What lies below a scope where the person is eligible: what is known, while Stint reads what is not. */
export async function openPlaceBelow(input: z.input<typeof place>): Promise<Outcome<PlacesBelow>> {
  return door('openPlaceBelow', place, input, async (asked, ctx, session) => {
    await openPlace(ctx, asked, await sealer(session, ['arm']));
    const below = await placesBelow(session.actor, asked);
    if (!below) throw new Refusal('place_unknown');
    return below;
  });
}
