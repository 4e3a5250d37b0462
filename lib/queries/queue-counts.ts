import { sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import type { Actor } from '#lib/domain/actor.ts';
import { teamOf } from './team-waiting.ts';
import { waitingFor } from './waiting-for.ts';

/** How many requests wait for the viewer, and for others in their team; and Stint's time. */
export async function queueCounts({ objectId }: Actor): Promise<{ mine: number; team: number; now: Date }> {
  const result = await db().execute(sql`
    select (select count(*)::int from (${waitingFor(objectId)}) mine) as mine,
      (select count(*)::int from (${teamOf(objectId)}) team) as team, stint_now() as now`);
  const [counts] = (result as unknown as { rows: { mine: number; team: number; now: string | Date }[] }).rows;
  if (!counts) throw new Error('The database did not tell the time.');
  return { ...counts, now: new Date(counts.now) };
}
