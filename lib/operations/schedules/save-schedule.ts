import { randomUUID } from 'node:crypto';
import { and, eq, sql } from 'drizzle-orm';
import { clock } from '#db/clock.ts';
import { dutySchedules } from '#db/schema/schedules.ts';
import { type DutyRotation, rotationFaults } from '#lib/domain/duty-schedule.ts';
import { mayAdminister } from '#lib/domain/permission.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { change } from '#lib/operations/change.ts';
import type { PersonContext } from '#lib/operations/context.ts';
import { refuseOwnDuty } from './refuse-own-duty.ts';

/**
 * Makes a schedule of duty (`id` null), or changes one over the version that was before the administrator's eyes.
 * Answers its id.
 * @throws Refusal `not_found` for who does not administer Stint; `malformed` with the field; `own_access` for who puts
 * themselves on call by it; `conflict` when somebody saved since, or when another is called like it.
 */
export async function saveSchedule(
  ctx: PersonContext,
  {
    id,
    version,
    name,
    rotation,
  }: { id: string | null; version: number; name: string; rotation: DutyRotation },
): Promise<string> {
  return change(
    ctx,
    async (tx) => {
      if (!mayAdminister(ctx.actor)) throw new Refusal('not_found');
      const [fault] = Object.entries(rotationFaults(name, rotation));
      if (fault) throw new Refusal('malformed', fault[1], fault[0]);
      const [named] = await tx.select().from(dutySchedules).where(eq(dutySchedules.name, name));
      if (named && named.id !== id)
        throw new Refusal('malformed', `${name} is there already. Choose another name.`, 'name');
      const [before] = id
        ? await tx.select().from(dutySchedules).where(eq(dutySchedules.id, id)).for('update')
        : [];
      if (id && !before) throw new Refusal('not_found');
      await refuseOwnDuty(tx, ctx, { scheduleId: id, before: before?.rotation ?? null, after: rotation });
      return { before: before ?? null, now: await clock(tx) };
    },
    async (tx, { before, now }) => {
      const facts = { name, rotation, changedAt: now, changedByName: ctx.actor.name };
      const saved = before
        ? await tx
            .update(dutySchedules)
            .set({ ...facts, version: sql`${dutySchedules.version} + 1` })
            .where(and(eq(dutySchedules.id, before.id), eq(dutySchedules.version, version)))
            .returning()
        : await tx
            .insert(dutySchedules)
            .values({ ...facts, id: randomUUID() })
            .onConflictDoNothing()
            .returning();
      const [row] = saved;
      if (!row) throw new Refusal('conflict');
      const details = {
        before: before && { name: before.name, rotation: before.rotation },
        after: { name, rotation },
      };
      const action = before ? 'duty_schedule.changed' : 'duty_schedule.added';
      return {
        value: row.id,
        entries: [{ action, subject: { kind: 'duty_schedule', id: row.id }, details }],
      };
    },
  );
}
