import { type EligibleAssignment, roleKey } from '#lib/domain/assignment.ts';

/** One row per role and scope: one's own before a group's, then the one that lasts longer. */
export function eligibleOnce(rows: readonly EligibleAssignment[]): EligibleAssignment[] {
  const best = new Map<string, EligibleAssignment>();
  for (const row of rows) {
    const other = best.get(roleKey(row));
    if (!other || isBetter(row, other)) best.set(roleKey(row), row);
  }
  return [...best.values()];
}

function isBetter(one: EligibleAssignment, other: EligibleAssignment): boolean {
  const own = (row: EligibleAssignment) => row.throughGroupName === null;
  if (own(one) !== own(other)) return own(one);
  return end(one) > end(other);
}

function end({ endsAt }: EligibleAssignment): number {
  return endsAt?.getTime() ?? Number.POSITIVE_INFINITY;
}
