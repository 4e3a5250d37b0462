import { inArray, sql } from 'drizzle-orm';
import { clock } from '#db/clock.ts';
import { accessChanges } from '#db/schema/reviews.ts';
import { isAskedBy, needsSecondPerson } from '#db/second-person.ts';
import { isPreviewed } from '#lib/domain/access-change.ts';
import { mayOperate } from '#lib/domain/permission.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { type Changed, change } from '#lib/operations/change.ts';
import type { PersonContext } from '#lib/operations/context.ts';
import { type ChangeRecord, moveChange } from './move-change.ts';
import { requireNotBeneficiary } from './second-person.ts';

const notPreviewed = 'What the role’s policy says to it today is still being read. Look again in a moment.';

/**
 * Lets changes go: those held for an administrator, and those that stuck, once more. All of them or none.
 * @throws Refusal `not_found` for who does not operate Stint, and for what there is not; `conflict` when one is no longer
 * held or stuck, or is an undo whose preview is not there yet; `second_person` for an undo, a conversion or a bulk one that they asked for, by any of their accounts
 * or with the plan they made or changed;
 * `own_access`.
 */
export async function releaseChanges(ctx: PersonContext, ids: readonly string[]): Promise<void> {
  await change(
    ctx,
    async (tx) => {
      if (!mayOperate(ctx.actor)) throw new Refusal('not_found');
      const rows = await tx
        .select({
          ...{ row: accessChanges, needsSecond: needsSecondPerson() },
          isOwn: isAskedBy(sql`${ctx.actor.objectId}`),
        })
        .from(accessChanges)
        .where(inArray(accessChanges.id, [...ids]))
        .orderBy(accessChanges.id)
        .for('update');
      if (rows.length === 0 || rows.length < new Set(ids).size) throw new Refusal('not_found');
      for (const { row, isOwn, needsSecond } of rows) {
        if (row.state !== 'held' && row.state !== 'blocked') throw new Refusal('conflict');
        await requireNotBeneficiary(tx, ctx.actor, row);
        if (row.state === 'held' && isOwn && needsSecond) throw new Refusal('second_person');
        if (!isPreviewed(row)) throw new Refusal('conflict', notPreviewed);
      }
      return { rows, now: await clock(tx) };
    },
    async (tx, { rows, now }) => {
      const released: Changed<ChangeRecord>[] = [];
      for (const { row, isOwn } of rows) released.push(await release(row, isOwn));
      return { value: null, entries: released.flatMap(({ entries }) => entries) };

      function release(row: ChangeRecord, isOwn: boolean): Promise<Changed<ChangeRecord>> {
        const isSecond = row.state === 'held' && !isOwn;
        const approval = isSecond ? { approvedById: ctx.actor.objectId, approvedByName: ctx.actor.name } : {};
        const action = row.state === 'held' ? 'released' : 'tried_again';
        const { seenAt: _, ...progress } = row.progress;
        return moveChange(
          tx,
          row,
          action,
          {
            ...({ state: 'waiting', outcome: null, explanation: null, manualCommand: null } as const),
            ...{ ...approval, progress, attempts: 0, checkAt: now },
          },
          { askedById: row.askedById, ofTogether: rows.length },
        );
      }
    },
  );
}
