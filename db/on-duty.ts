import { and, asc, gt, inArray, isNull, lte } from 'drizzle-orm';
import { type Duty, type DutyOverride, onDutyAt } from '#lib/domain/duty-schedule.ts';
import type { Reader } from './client.ts';
import { dutyOverrides, dutySchedules } from './schema/schedules.ts';

/** Who is on call at a moment by each of these schedules; one that is not there, or has nobody then, is left out. */
export async function onDutyBy(
  from: Reader,
  scheduleIds: readonly string[],
  moment: Date,
): Promise<Map<string, Duty>> {
  if (scheduleIds.length === 0) return new Map();
  const ids = [...new Set(scheduleIds)];
  const schedules = await from.select().from(dutySchedules).where(inArray(dutySchedules.id, ids));
  const overrides = await from
    .select()
    .from(dutyOverrides)
    .where(
      and(
        inArray(dutyOverrides.scheduleId, ids),
        isNull(dutyOverrides.calledOffAt),
        lte(dutyOverrides.startsAt, moment),
        gt(dutyOverrides.endsAt, moment),
      ),
    )
    .orderBy(asc(dutyOverrides.madeAt), asc(dutyOverrides.id));
  const found = new Map<string, Duty>();
  for (const { id, rotation } of schedules) {
    const own = overrides.filter(({ scheduleId }) => scheduleId === id).map(overrideOf);
    const duty = onDutyAt(rotation, own, moment);
    if (duty) found.set(id, duty);
  }
  return found;
}

/** An override as the domain knows it. */
export function overrideOf(row: typeof dutyOverrides.$inferSelect): DutyOverride {
  const { personId, personName, startsAt, endsAt } = row;
  return { person: { id: personId, name: personName }, startsAt, endsAt };
}
