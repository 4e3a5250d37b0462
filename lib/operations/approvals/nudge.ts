import { announce } from '#db/changes.ts';
import { clock } from '#db/clock.ts';
import { onScreenOf } from '#db/on-screen-of.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { nudgeMinutes } from '#lib/domain/talk.ts';
import { minutesBetween, plusMinutes } from '#lib/domain/time.ts';
import { change } from '#lib/operations/change.ts';
import type { PersonContext } from '#lib/operations/context.ts';
import { tell } from '#lib/operations/letters/tell.ts';
import { approversNow } from './approver-now.ts';
import { say } from './ask.ts';
import { askApprovers, mayStillSign } from './ask-approvers.ts';
import { holdApproval } from './hold-approval.ts';
import { keepStanding } from './keep-standing.ts';
import { letterOf } from './letter-of.ts';
import { mustWaitOwn } from './seat.ts';

/**
 * The requester reminds everybody who may sign now and has not, once an hour and stage.
 * @throws Refusal `not_found` for somebody else’s, `not_pending`, `nudged_lately` with how long it is yet;
 * `nobody_to_nudge` while nobody is there who could sign.
 */
export async function nudge(ctx: PersonContext, requestId: string): Promise<void> {
  await change(
    ctx,
    async (tx) => {
      const waiting = await mustWaitOwn(tx, ctx, requestId);
      const now = await clock(tx);
      const { nudgedAt } = waiting.approval;
      const again = nudgedAt && plusMinutes(nudgedAt, nudgeMinutes);
      if (again && again > now) {
        const left = Math.max(1, minutesBetween(now, again));
        throw new Refusal('nudged_lately', `You nudged them a while ago. Again in ${left} min.`);
      }
      const { personOf, signatures, signers } = waiting;
      const done = signatures.filter(({ state }) => state === 'intended' || state === 'recorded');
      const who = await approversNow(tx, waiting);
      const to: string[] = [];
      for (const { approverId: id } of signers)
        if (!done.some(({ approverId }) => personOf(approverId) === personOf(id)) && (await who(id)))
          to.push(id);
      const isNew = (id: string) => !signers.some(({ approverId }) => approverId === id);
      const newcomers = (await mayStillSign(tx, waiting)).some(({ approverId }) => isNew(approverId));
      // The hour is not spent on telling nobody.
      if (to.length === 0 && !newcomers) throw new Refusal('nobody_to_nudge');
      return { ...waiting, now, to };
    },
    async (tx, { now, to, ...waiting }) => {
      const { request } = waiting;
      // Who may sign since it was last looked up is asked, as they never were.
      const asked = await askApprovers(tx, waiting);
      const held = (await holdApproval(tx, requestId)) ?? waiting;
      await keepStanding(tx, held, held.standing, { nudgedAt: now });
      const said = { byName: ctx.actor.name };
      await tell(
        tx,
        to.map((one) => letterOf(request, 'nudge', one, now.toISOString(), said)),
      );
      await say(tx, ctx, { requestId, text: '', kind: 'nudge' });
      await announce(tx, await onScreenOf(tx, requestId));
      const subject = { kind: 'request' as const, id: requestId };
      return { value: null, entries: [...asked, { action: 'request.nudged', subject, details: { to } }] };
    },
  );
}
