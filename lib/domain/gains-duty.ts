import { type DutyOverride, type DutyRotation, dutiesBetween, onDutyAt } from './duty-schedule.ts';

interface Plan {
  rotation: DutyRotation;
  overrides: readonly DutyOverride[];
}

/**
 * Whether one of somebody’s accounts is on call by the one plan at a moment between the two at which by the plan before
 * it none of them is. Before null: there was none.
 */
export function gainsDuty(
  accounts: readonly string[],
  before: Plan | null,
  after: Plan,
  from: Date,
  until: Date,
): boolean {
  const plans = before ? [before, after] : [after];
  const isOwn = (plan: Plan | null, at: Date) =>
    accounts.includes((plan && onDutyAt(plan.rotation, plan.overrides, at)?.person.id) ?? '');
  const edges = plans
    .flatMap(({ rotation, overrides }) => dutiesBetween(rotation, overrides, from, until))
    .flatMap(({ startsAt, endsAt }) => [startsAt, endsAt]);
  return [from, ...edges].some((at) => at < until && isOwn(after, at) && !isOwn(before, at));
}
