import type { Told } from '#lib/azure/ports.ts';
import type { AssignmentKept } from '#lib/domain/access-change.ts';
import type { Held } from './held.ts';

/** Lists of Azure round a moment differently. */
const sameMs = 1000;

/** With another condition or another end it is another assignment, which nobody reviewed; null: it still is what it was. */
export function changedSince(kept: AssignmentKept, held: Held): Told | null {
  // An activation has the condition of its eligibility, which nobody kept.
  if (kept.kind !== 'activated' && differs(kept, held))
    return changed(`Its condition is now: ${held.condition ?? 'none'}.`);
  const [then, now] = [kept.endsAt ? Date.parse(kept.endsAt) : null, held.endsAt?.getTime() ?? null];
  const isSame = then === null || now === null ? then === now : Math.abs(then - now) <= sameMs;
  return isSame ? null : changed(`Its end is now: ${held.endsAt?.toISOString() ?? 'none'}.`);
}

type Conditioned = Pick<Held, 'condition' | 'conditionVersion'>;

/** Lists leave the version out where they leave the condition out. */
export function differs(one: Conditioned, other: Conditioned): boolean {
  if (one.condition !== other.condition) return true;
  const [version, theirs] = [one.conditionVersion, other.conditionVersion];
  return Boolean(version && theirs && version !== theirs);
}

function changed(why: string): Told {
  return { is: 'obstacle', outcome: 'changed_since', why };
}
