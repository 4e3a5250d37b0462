import { isAway, isQueryFailure } from '#db/away.ts';
import { Refusal } from '#lib/domain/refusal.ts';

/** The no in an error: a refusal, or a read that found the database away. null: nobody foresaw it. */
export function refusalOf(error: unknown): Refusal | null {
  if (error instanceof Refusal) return error;
  return isQueryFailure(error) && isAway(error) ? new Refusal('unavailable') : null;
}
