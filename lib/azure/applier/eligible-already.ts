import type { Act, Told } from '#lib/azure/ports.ts';
import { plusMinutes } from '#lib/domain/time.ts';
import { differs } from './changed-since.ts';
import type { Held } from './held.ts';

/**
 * An eligibility that was there before takes the standing one's place only when it is as good: with the same condition,
 * and for another day, or as long as a new one would be (`until`). Its real end is what is told.
 */
export function eligibleAlready({ kept, now }: Act, there: Held, until: Date): Told {
  const end = there.endsAt;
  const tomorrow = plusMinutes(new Date(now), 1440);
  const needed = plusMinutes(until < tomorrow ? until : tomorrow, -1);
  if (differs(kept, there)) {
    return obstacle(`There is an eligibility already, with another condition: ${there.condition ?? 'none'}.`);
  }
  if (end && end < needed)
    return obstacle(`There is an eligibility already, and it ends ${end.toISOString()}.`);
  return { is: 'told', facts: end ? { eligible_until: end.toISOString() } : {} };
}

function obstacle(why: string): Told {
  return { is: 'obstacle', outcome: 'changed_since', why };
}
