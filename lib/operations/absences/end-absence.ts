import { and, eq, isNull } from 'drizzle-orm';
import { announce } from '#db/changes.ts';
import { clock } from '#db/clock.ts';
import { absences } from '#db/schema/approvals.ts';
import { mayAdminister } from '#lib/domain/permission.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { change } from '#lib/operations/change.ts';
import type { PersonContext } from '#lib/operations/context.ts';
import { tellOfAbsence } from './tell-of-absence.ts';
import { unnameDeputy } from './unname-deputy.ts';

/**
 * Calls an absence off, or ends it early: from then on the person signs themselves again, and the deputy no more.
 * @throws Refusal `not_found` for another’s without being administrator; `conflict` when it is over already.
 */
export async function endAbsence(ctx: PersonContext, absenceId: string): Promise<void> {
  await change(
    ctx,
    async (tx) => {
      const [absence] = await tx.select().from(absences).where(eq(absences.id, absenceId));
      const isOwn = absence?.personId === ctx.actor.objectId;
      const maySee = isOwn || (ctx.administers && mayAdminister(ctx.actor));
      if (!absence || !maySee) throw new Refusal('not_found');
      const now = await clock(tx);
      if (absence.endedAt || absence.endsAt <= now) throw new Refusal('conflict');
      return { absence, now };
    },
    async (tx, { absence, now }) => {
      const rows = await tx
        .update(absences)
        .set({ endedAt: now })
        .where(and(eq(absences.id, absenceId), isNull(absences.endedAt)))
        .returning({ id: absences.id });
      if (rows.length === 0) throw new Refusal('conflict');
      await unnameDeputy(tx, absence);
      const { personId, deputyId, startsAt, endsAt } = absence;
      await announce(tx, [personId, ...(deputyId ? [deputyId] : [])]);
      await tellOfAbsence(tx, ctx, 'absence_ended', absence);
      const details = { absence: absenceId, startsAt, endsAt, deputyId };
      return {
        value: null,
        entries: [{ action: 'absence.ended', subject: { kind: 'person', id: personId }, details }],
      };
    },
  );
}
