import { clock } from '#db/clock.ts';
import { accessChanges } from '#db/schema/reviews.ts';
import { tookAway } from '#lib/domain/access-change.ts';
import { mayOperate } from '#lib/domain/permission.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { plusMinutes } from '#lib/domain/time.ts';
import { change } from '#lib/operations/change.ts';
import type { PersonContext } from '#lib/operations/context.ts';
import { mustLoadChange } from './move-change.ts';
import { requireNotBeneficiary } from './second-person.ts';

const undoDays = 30;

/**
 * Asks to have the same assignment made again: held until a second administrator, who sees what the policy would say to
 * it today, lets it go. Returns the new change's id.
 * @throws Refusal `not_found` for who does not operate Stint; `own_access` for the beneficiary; `undo_too_late`;
 * `conflict` when it is not done, took nothing away, or somebody asked already.
 */
export async function askUndo(ctx: PersonContext, id: string): Promise<string> {
  return change(
    ctx,
    async (tx) => {
      if (!mayOperate(ctx.actor)) throw new Refusal('not_found');
      const done = await mustLoadChange(tx, id);
      await requireNotBeneficiary(tx, ctx.actor, done);
      const took = tookAway(done.outcome);
      // An activation is asked for again by its person, not given.
      if (done.state !== 'done' || !took || !done.confirmedAt || done.requestId)
        throw new Refusal('conflict');
      const now = await clock(tx);
      if (now > plusMinutes(done.confirmedAt, undoDays * 1440)) throw new Refusal('undo_too_late');
      return { done, now };
    },
    async (tx, { done, now }) => {
      const held = Object.fromEntries(
        Object.entries(done.progress).filter(([name]) => name.startsWith('left_')),
      );
      const progress = done.verb === 'make_time_bound' ? { ...held, hasEnd: 'yes' } : held;
      const { campaignId, itemId, kept, plane, principalId, scopeId, way, wayGroupId } = done;
      const [undo] = await tx
        .insert(accessChanges)
        .values({
          ...{ campaignId, itemId, kept, plane, principalId, scopeId, way, wayGroupId },
          ...{ undoesId: done.id, verb: 'restore', state: 'held', progress },
          ...{ askedById: ctx.actor.objectId, askedByName: ctx.actor.name, askedAt: now, checkAt: now },
        })
        .onConflictDoNothing()
        .returning({ id: accessChanges.id });
      if (!undo) throw new Refusal('conflict');
      const details = { undoes: done.id, principalId, assignmentId: kept.assignmentId };
      return {
        value: undo.id,
        entries: [
          {
            action: 'access_change.undo_asked',
            subject: { kind: 'access_change', id: undo.id },
            details,
          },
        ],
      };
    },
  );
}
