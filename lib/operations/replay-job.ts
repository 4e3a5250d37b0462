import { enqueue, type JobName, type Jobs } from '#db/queue.ts';
import { takeDeadLetter } from '#db/queue-state.ts';
import { mayOperate } from '#lib/domain/permission.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { change } from './change.ts';
import type { PersonContext } from './context.ts';

/**
 * Has a job that failed for good tried again, with what it carried, under the id it had. Every job may come twice:
 * what it did before it finds done.
 * @throws Refusal `not_found` for who does not operate Stint; `conflict` when somebody did it first.
 */
export async function replayJob(ctx: PersonContext, deadLetterId: string): Promise<void> {
  await change(
    ctx,
    async (tx) => {
      if (!mayOperate(ctx.actor)) throw new Refusal('not_found');
      const dead = await takeDeadLetter(tx, deadLetterId);
      if (!dead) throw new Refusal('conflict');
      return dead;
    },
    async (tx, { name, data }) => {
      // What a queue kept is what that queue was given.
      await enqueue(tx, name, data as unknown as Jobs[JobName]);
      const details = { name, data };
      return {
        value: null,
        entries: [{ action: 'job.replayed', subject: { kind: 'job', id: deadLetterId }, details }],
      };
    },
  );
}
