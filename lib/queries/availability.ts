import { and, gt, inArray, isNull, lte, sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { absences } from '#db/schema/approvals.ts';
import { viewerZones } from '#db/schema/zones.ts';
import type { Availability } from './availability-rows.ts';

/** Who of these people is away now, until when and who signs meanwhile, and in which zone each of them is. */
export async function availabilityOf(ids: readonly string[]): Promise<(id: string) => Availability> {
  if (ids.length === 0) return () => ({ away: null, zone: null });
  const [away, zones] = await Promise.all([
    db()
      .select()
      .from(absences)
      .where(
        and(
          inArray(absences.personId, [...ids]),
          isNull(absences.endedAt),
          lte(absences.startsAt, sql`stint_now()`),
          gt(absences.endsAt, sql`stint_now()`),
        ),
      ),
    db()
      .select()
      .from(viewerZones)
      .where(inArray(viewerZones.personId, [...ids])),
  ]);
  const zoneOf = new Map(zones.map(({ personId, zone }) => [personId, zone]));
  const awayOf = new Map(
    away.map(({ personId, endsAt, deputyName }) => [personId, { until: endsAt, deputyName }]),
  );
  return (id) => ({ away: awayOf.get(id) ?? null, zone: zoneOf.get(id) ?? null });
}
