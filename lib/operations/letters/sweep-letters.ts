import { sql } from 'drizzle-orm';
import { transaction } from '#db/client.ts';

/**
 * Letters hold what people wrote, and where it went to. A quarter is time enough to ask why somebody did or did not hear
 * of something; what happened is on record for ever without them.
 */
const keptDays = 90;
/** A round takes so many of each, and the next the next: no long lock, however much there is. */
const atOnce = 2_000;

/** Forgets deliveries that are over, and letters and events that none of is left, a quarter after they were written. */
export async function sweepLetters(): Promise<void> {
  const since = sql`stint_now() - make_interval(days => ${keptDays})`;
  await transaction(async (tx) => {
    await tx.execute(sql`
      delete from deliveries where id in (
        select id from deliveries where created_at < ${since} and due_at is null
        order by created_at limit ${atOnce})`);
    await tx.execute(sql`
      delete from letters where id in (
        select id from letters where written_at < ${since}
          and not exists (select 1 from deliveries where letter_id = letters.id)
        order by written_at limit ${atOnce})`);
    await tx.execute(sql`
      delete from webhook_events where id in (
        select id from webhook_events where happened_at < ${since}
          and not exists (select 1 from deliveries where event_id = webhook_events.id)
        order by happened_at limit ${atOnce})`);
  });
}
