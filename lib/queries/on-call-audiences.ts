import { db } from '#db/client.ts';
import { occurrencesAhead } from '#db/on-call-ahead.ts';
import type { Actor } from '#lib/domain/actor.ts';
import { type Audience, audienceOf } from '#lib/domain/plane.ts';

/** Whose tokens the viewer's occurrences take that are on or near enough to be filed; of `occurrenceId`, or of all. */
export async function onCallAudiences({ objectId }: Actor, occurrenceId?: string): Promise<Audience[]> {
  const ahead = await occurrencesAhead(db(), objectId);
  const meant = occurrenceId ? ahead.filter(({ id }) => id === occurrenceId) : ahead;
  const planes = meant.flatMap(({ roles }) => roles.map(({ plane }) => plane));
  return [...new Set(planes.map((plane) => audienceOf[plane]))];
}
