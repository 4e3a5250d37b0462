import { and, eq } from 'drizzle-orm';
import { dutyOverrides, dutySchedules } from '#db/schema/schedules.ts';
import { namersOf } from '#lib/domain/approval-policy.ts';
import { mayAdminister } from '#lib/domain/permission.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { policyInForce } from '#lib/operations/approval-policy/policy-in-force.ts';
import { change } from '#lib/operations/change.ts';
import type { PersonContext } from '#lib/operations/context.ts';

/**
 * Removes a schedule of duty with its overrides; the record keeps what it was. A stage of a request that still names it
 * finds nobody on call by it, and says so: nothing is approved by that.
 * @throws Refusal `not_found` for who does not administer Stint, and for a schedule that is not there; `conflict` while
 * the policy in force names it, and when somebody changed it since.
 */
export async function removeSchedule(
  ctx: PersonContext,
  { id, version }: { id: string; version: number },
): Promise<void> {
  await change(
    ctx,
    async (tx) => {
      if (!mayAdminister(ctx.actor)) throw new Refusal('not_found');
      const [schedule] = await tx.select().from(dutySchedules).where(eq(dutySchedules.id, id)).for('update');
      if (!schedule) throw new Refusal('not_found');
      const namers = namersOf((await policyInForce(tx)).policy, id);
      if (namers.length > 0)
        throw new Refusal('conflict', `The policy names it: ${namers.join(', ')}. Take it out there first.`);
      if (schedule.version !== version) throw new Refusal('conflict');
      return schedule;
    },
    async (tx, { name, rotation }) => {
      await tx.delete(dutyOverrides).where(eq(dutyOverrides.scheduleId, id));
      const own = and(eq(dutySchedules.id, id), eq(dutySchedules.version, version));
      await tx.delete(dutySchedules).where(own);
      const subject = { kind: 'duty_schedule' as const, id };
      return {
        value: null,
        entries: [{ action: 'duty_schedule.removed', subject, details: { name, rotation } }],
      };
    },
  );
}
