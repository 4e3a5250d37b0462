import { and, asc, eq, gt, isNull } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import { overrideOf } from '#db/on-duty.ts';
import { dutyOverrides } from '#db/schema/schedules.ts';
import type { DutyRotation } from '#lib/domain/duty-schedule.ts';
import { gainsDuty } from '#lib/domain/gains-duty.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { plusMinutes } from '#lib/domain/time.ts';
import { accountsOf } from '#lib/operations/approval-policy/accounts-of.ts';
import type { PersonContext } from '#lib/operations/context.ts';

export const ownDuty =
  'Nobody puts themselves on call: by that people may sign, or need no signatures. Ask another administrator.';

/** A turn that one gives oneself for the next minute, or hour, is as good as one that runs. Minutes. */
const aheadMinutes = 24 * 60;

interface Plans {
  /** null: it is made now. */
  scheduleId: string | null;
  before: DutyRotation | null;
  after: DutyRotation;
  calledOff?: string;
}

/**
 * For a gate: nobody puts themselves on call, with any account, by changing a rotation or by calling off what stands in
 * for it: neither as one of its people who was none, nor with duty within a day that they would not have had.
 * @throws Refusal `own_access` (`people`)
 */
export async function refuseOwnDuty(
  tx: Tx,
  { actor }: PersonContext,
  { scheduleId, before, after, calledOff }: Plans,
): Promise<void> {
  const own = await accountsOf(tx, actor.objectId);
  const names = (rotation: DutyRotation | null) =>
    rotation?.people.some(({ id }) => own.includes(id)) ?? false;
  const now = await clock(tx);
  const open = scheduleId ? await openOverrides(tx, scheduleId, now) : [];
  const plan = (rotation: DutyRotation, rows: typeof open) => ({ rotation, overrides: rows.map(overrideOf) });
  const kept = open.filter(({ id }) => id !== calledOff);
  const was = before && plan(before, open);
  const isNamedNow = names(after) && !names(before);
  if (isNamedNow || gainsDuty(own, was, plan(after, kept), now, plusMinutes(now, aheadMinutes)))
    throw new Refusal('own_access', ownDuty, 'people');
}

function openOverrides(tx: Tx, scheduleId: string, now: Date) {
  return tx
    .select()
    .from(dutyOverrides)
    .where(
      and(
        eq(dutyOverrides.scheduleId, scheduleId),
        isNull(dutyOverrides.calledOffAt),
        gt(dutyOverrides.endsAt, now),
      ),
    )
    .orderBy(asc(dutyOverrides.madeAt), asc(dutyOverrides.id));
}
