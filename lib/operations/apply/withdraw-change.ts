import type { ChangeState } from '#lib/domain/access-change.ts';
import { mayOperate } from '#lib/domain/permission.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { change } from '#lib/operations/change.ts';
import type { PersonContext } from '#lib/operations/context.ts';
import { moveChange, mustLoadChange } from './move-change.ts';
import { requireNotBeneficiary } from './second-person.ts';

/** Before Azure is told, and after it said a plain no. */
const withdrawable: readonly ChangeState[] = ['held', 'waiting', 'blocked'];

/**
 * Nobody wants the change any more.
 * @throws Refusal `not_found` for who does not operate Stint; `own_access` when it is about the person; `conflict` once
 * Azure may have taken it, or half of it.
 */
export async function withdrawChange(ctx: PersonContext, id: string): Promise<void> {
  await change(
    ctx,
    async (tx) => {
      if (!mayOperate(ctx.actor)) throw new Refusal('not_found');
      const row = await mustLoadChange(tx, id);
      await requireNotBeneficiary(tx, ctx.actor, row);
      const { eligibleSeenAt, stillThereAt, toldAt } = row.progress;
      // What Azure took may still come true, unless the tenant went on showing the old state.
      const isOpen = toldAt !== undefined && stillThereAt === undefined;
      if (!withdrawable.includes(row.state) || isOpen || eligibleSeenAt) throw new Refusal('conflict');
      return row;
    },
    async (tx, row) => {
      const patch = { state: 'withdrawn', checkAt: null, manualCommand: null } as const;
      const { entries } = await moveChange(tx, row, 'withdrawn', patch);
      return { value: null, entries };
    },
  );
}
