import { sql } from 'drizzle-orm';

/** Of a row of `absences`: whether it is on, by Stint's time. */
export const awayNow = sql`ended_at is null and starts_at <= stint_now() and ends_at > stint_now()`;
