import { randomUUID } from 'node:crypto';
import { and, eq, isNull } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import { dutyOverrides, dutySchedules } from '#db/schema/schedules.ts';
import type { Named } from '#lib/domain/approval-policy.ts';
import { mayAdminister } from '#lib/domain/permission.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { momentOfField } from '#lib/domain/wall-time.ts';
import { accountsOf } from '#lib/operations/approval-policy/accounts-of.ts';
import { change } from '#lib/operations/change.ts';
import type { PersonContext } from '#lib/operations/context.ts';
import { ownDuty, refuseOwnDuty } from './refuse-own-duty.ts';

/** Somebody else for a time; the times as the wall of the schedule's zone shows them, `2026-11-22T14:05`. */
interface Override {
  scheduleId: string;
  person: Named;
  from: string;
  until: string;
}

/**
 * Puts somebody else on call for a time, whoever's turn it is: who is on call may sign, or is asked for no signatures.
 * Answers the override's id.
 * @throws Refusal `not_found` for who does not administer Stint, and for a schedule that is not there; `own_access` for
 * oneself, by any account; `malformed`.
 */
export async function overrideDuty(ctx: PersonContext, asked: Override): Promise<string> {
  const { scheduleId, person } = asked;
  return change(
    ctx,
    async (tx) => {
      if (!mayAdminister(ctx.actor)) throw new Refusal('not_found');
      const [schedule] = await tx.select().from(dutySchedules).where(eq(dutySchedules.id, scheduleId));
      if (!schedule) throw new Refusal('not_found');
      if ((await accountsOf(tx, ctx.actor.objectId)).includes(person.id))
        throw new Refusal('own_access', ownDuty, 'person');
      const now = await clock(tx);
      const [startsAt, endsAt] = [asked.from, asked.until].map((field) =>
        momentOfField(field, schedule.rotation.zone),
      );
      if (!startsAt) throw new Refusal('malformed', 'Say when it begins.', 'from');
      if (!endsAt) throw new Refusal('malformed', 'Say when it ends.', 'until');
      if (endsAt <= startsAt) throw new Refusal('malformed', 'It ends before it begins.', 'until');
      if (endsAt <= now) throw new Refusal('malformed', 'It is over already.', 'until');
      return { startsAt, endsAt, now };
    },
    async (tx, { startsAt, endsAt, now }) => {
      const id = randomUUID();
      const facts = { personId: person.id, personName: person.name, startsAt, endsAt };
      await tx
        .insert(dutyOverrides)
        .values({ id, scheduleId, ...facts, madeAt: now, madeByName: ctx.actor.name });
      return {
        value: id,
        entries: [told(scheduleId, 'duty_schedule.overridden', { overrideId: id, ...facts })],
      };
    },
  );
}

/**
 * Calls an override off: the schedule counts again, from now on.
 * @throws Refusal `not_found`; `own_access` for who is on call without it; `conflict` when somebody did already
 */
export async function callOffOverride(ctx: PersonContext, overrideId: string): Promise<void> {
  await change(
    ctx,
    async (tx) => {
      if (!mayAdminister(ctx.actor)) throw new Refusal('not_found');
      const over = await mustFind(tx, overrideId);
      const [schedule] = await tx.select().from(dutySchedules).where(eq(dutySchedules.id, over.scheduleId));
      if (!schedule) throw new Refusal('not_found');
      const { id: scheduleId, rotation } = schedule;
      const calledOff = overrideId;
      await refuseOwnDuty(tx, ctx, { scheduleId, before: rotation, after: rotation, calledOff });
      return over;
    },
    async (tx, before) => {
      const [row] = await tx
        .update(dutyOverrides)
        .set({ calledOffAt: await clock(tx) })
        .where(and(eq(dutyOverrides.id, overrideId), isNull(dutyOverrides.calledOffAt)))
        .returning();
      if (!row) throw new Refusal('conflict');
      const { scheduleId, personId, personName, startsAt, endsAt } = before;
      const details = { overrideId, personId, personName, startsAt, endsAt };
      return { value: null, entries: [told(scheduleId, 'duty_schedule.override_called_off', details)] };
    },
  );
}

async function mustFind(tx: Tx, id: string): Promise<typeof dutyOverrides.$inferSelect> {
  const [row] = await tx.select().from(dutyOverrides).where(eq(dutyOverrides.id, id));
  if (!row) throw new Refusal('not_found');
  return row;
}

function told(id: string, action: string, details: Record<string, unknown>) {
  return { action, subject: { kind: 'duty_schedule' as const, id }, details };
}
