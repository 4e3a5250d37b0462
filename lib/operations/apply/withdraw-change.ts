import { mayWithdraw } from '#lib/domain/may-withdraw.ts';
import { mayOperate } from '#lib/domain/permission.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { change } from '#lib/operations/change.ts';
import type { PersonContext } from '#lib/operations/context.ts';
import { moveChange, mustLoadChange } from './move-change.ts';
import { requireNotBeneficiary } from './second-person.ts';

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
      if (!mayWithdraw(row)) throw new Refusal('conflict');
      return row;
    },
    async (tx, row) => {
      const patch = { state: 'withdrawn', checkAt: null, manualCommand: null } as const;
      const { entries } = await moveChange(tx, row, 'withdrawn', patch);
      return { value: null, entries };
    },
  );
}
