import { type SQL, sql } from 'drizzle-orm';

/** The last whole reading that came to its end. */
export const lastFull = sql`(select id from inventory_runs where kind = 'full' and finished_at is not null
  order by started_at desc limit 1)`;

export const lastFullStart = sql`(select started_at from inventory_runs where id = ${lastFull})`;

/** Each list at each place as it was read last, by the last whole reading or by a look at changes since. */
export const latestParts = sql`(
  select distinct on (part.list, part.place) part.list, part.place, part.state, part.failure
  from inventory_parts part join inventory_runs run on run.id = part.run_id
  where run.finished_at is not null and run.started_at >= ${lastFullStart}
  order by part.list, part.place, run.started_at desc)`;

/** Whether the last whole reading, or one since, showed a row: a list that could not be read says nothing of what it showed before. */
export const seenLately = (row: SQL) => sql`(${row}.seen_in in (
  select id from inventory_runs where started_at >= coalesce(${lastFullStart}, 'infinity')))`;
