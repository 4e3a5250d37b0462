import { and, asc, gt, isNull, sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import { overrideOf } from '#db/on-duty.ts';
import { dutyOverrides, dutySchedules } from '#db/schema/schedules.ts';
import type { Actor } from '#lib/domain/actor.ts';
import { namersOf } from '#lib/domain/approval-policy.ts';
import { dutiesBetween, onDutyAt } from '#lib/domain/duty-schedule.ts';
import { mayAdminister } from '#lib/domain/permission.ts';
import { plusMinutes } from '#lib/domain/time.ts';
import { policyNow } from './approval-policy.ts';
import type { ScheduleRow } from './approval-policy-rows.ts';

const shownDays = 14;

/** Schedules of duty, with who is on call now and for two weeks; null to whom they are not open. */
export async function schedules(viewer: Actor): Promise<ScheduleRow[] | null> {
  const policy = await policyNow(viewer);
  if (!policy || !mayAdminister(viewer)) return null;
  const now = await clock(db());
  const rows = await db()
    .select()
    .from(dutySchedules)
    .orderBy(asc(sql`lower(${dutySchedules.name})`));
  const overrides = await db()
    .select()
    .from(dutyOverrides)
    .where(and(isNull(dutyOverrides.calledOffAt), gt(dutyOverrides.endsAt, now)))
    .orderBy(asc(dutyOverrides.madeAt), asc(dutyOverrides.id));
  return rows.map(({ rotation, ...row }) => {
    const own = overrides.filter(({ scheduleId }) => scheduleId === row.id);
    const known = own.map(overrideOf);
    // To the end of the last stretch, not cut off in the middle of it.
    const inTwoWeeks = plusMinutes(now, shownDays * 1440);
    const until = onDutyAt(rotation, known, inTwoWeeks)?.endsAt ?? inTwoWeeks;
    return {
      ...row,
      rotation,
      now: onDutyAt(rotation, known, now),
      ahead: dutiesBetween(rotation, known, now, until),
      overrides: own
        .map((one) => ({ ...overrideOf(one), id: one.id, madeByName: one.madeByName }))
        .toSorted((one, other) => one.startsAt.getTime() - other.startsAt.getTime()),
      namedBy: namersOf(policy.policy, row.id),
    };
  });
}
