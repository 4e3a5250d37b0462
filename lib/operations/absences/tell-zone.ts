import { viewerZones } from '#db/schema/zones.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { isTimeZone } from '#lib/domain/wall-time.ts';
import { change } from '#lib/operations/change.ts';
import type { PersonContext } from '#lib/operations/context.ts';

/** Keeps the zone a person’s browser is in: a convenience for others, which nobody could be asked about. @throws Refusal `malformed` */
export async function tellZone(ctx: PersonContext, zone: string): Promise<void> {
  await change(
    ctx,
    async () => {
      if (!isTimeZone(zone)) throw new Refusal('malformed');
    },
    async (tx) => {
      const told = { zone, toldAt: new Date() };
      await tx
        .insert(viewerZones)
        .values({ personId: ctx.actor.objectId, ...told })
        .onConflictDoUpdate({ target: viewerZones.personId, set: told });
      return { value: null, entries: [] };
    },
  );
}
