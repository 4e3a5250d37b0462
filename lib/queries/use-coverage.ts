import { db } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import { useCoverage } from '#db/schema/posture.ts';
import { coveredSince } from '#lib/domain/use.ts';

/** Since when use is known without a hole, from all sources together; null when it is not known now. */
export async function useKnownSince(): Promise<Date | null> {
  const [known, now] = await Promise.all([db().select().from(useCoverage), clock(db())]);
  return coveredSince(known, now);
}
