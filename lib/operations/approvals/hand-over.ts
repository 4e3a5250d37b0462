import { and, eq } from 'drizzle-orm';
import { announce } from '#db/changes.ts';
import type { Tx } from '#db/client.ts';
import { onScreenOf } from '#db/on-screen-of.ts';
import { stageApprovers } from '#db/schema/approvals.ts';
import { longestJustification } from '#lib/domain/policy.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { accountsOf } from '#lib/operations/approval-policy/accounts-of.ts';
import { change } from '#lib/operations/change.ts';
import type { PersonContext } from '#lib/operations/context.ts';
import { tell } from '#lib/operations/letters/tell.ts';
import { personCalled } from '#lib/operations/person-called.ts';
import { say } from './ask.ts';
import { letterOf } from './letter-of.ts';
import { mustHaveSeat, type Waiting } from './seat.ts';
import { whyNotInPlace } from './why-not.ts';

interface HandOver {
  requestId: string;
  /** A user principal name or an object id. */
  to: string;
  reason: string;
}

/**
 * Who may sign in their own right names somebody who then may sign that stage in their place; of the two, one signs.
 * Never the requester, with any account, nor who is excluded, away or gone; for critical roles only somebody whom the
 * stage or its escalation names. A second hand-over takes the first one back.
 * @throws Refusal `not_found`, `own_request`, `not_pending`, `already_signed`; `not_allowed` for a deputy or whoever it
 * was handed to; `malformed` (`to`) saying why this one cannot; `justification_missing`.
 */
export async function handOver(ctx: PersonContext, input: HandOver): Promise<void> {
  const { requestId, reason } = input;
  const { objectId: me, name: myName } = ctx.actor;
  await change(
    ctx,
    async (tx) => {
      const waiting = await mustHaveSeat(tx, ctx, requestId);
      const { seat, signatures } = waiting;
      if (seat.forId)
        throw new Refusal('not_allowed', `You sign for ${seat.forName}: only they hand it to somebody else.`);
      if (signatures.some(({ approverId, state }) => approverId === me && counts(state)))
        throw new Refusal('already_signed');
      if (!reason) throw new Refusal('justification_missing', 'Say why: they read this.', 'reason');
      if (reason.length > longestJustification)
        throw new Refusal('justification_too_long', undefined, 'reason');
      const to = await personCalled(tx, input.to, 'to');
      const no = await objection(tx, waiting, me, to);
      if (no) throw new Refusal('malformed', no, 'to');
      return { ...waiting, to };
    },
    async (tx, { request, approval, seat, to }) => {
      const inStage = and(eq(stageApprovers.requestId, requestId), eq(stageApprovers.stage, approval.stage));
      if (seat.handedToId)
        await tx.delete(stageApprovers).where(and(inStage, eq(stageApprovers.approverId, seat.handedToId)));
      await tx
        .update(stageApprovers)
        .set({ handedToId: to.id })
        .where(and(inStage, eq(stageApprovers.approverId, me)));
      const place = {
        ...{ approverName: to.name, through: `handed over by ${myName}` },
        ...{ forId: me, forName: myName, isEscalated: seat.isEscalated },
      };
      // Whoever was their deputy until a moment ago may have a place still.
      await tx
        .insert(stageApprovers)
        .values({ requestId, stage: approval.stage, approverId: to.id, ...place })
        .onConflictDoUpdate({
          target: [stageApprovers.requestId, stageApprovers.stage, stageApprovers.approverId],
          set: place,
        });
      const id = await say(tx, ctx, { requestId, text: `to ${to.name}: ${reason}`, kind: 'hand_over' });
      await tell(tx, [letterOf(request, 'handed_over', to.id, id, { byName: myName, text: reason })]);
      await announce(tx, await onScreenOf(tx, requestId));
      const details = { to: to.id, toName: to.name, stage: approval.stage, justification: reason };
      const subject = { kind: 'request' as const, id: requestId };
      return { value: null, entries: [{ action: 'request.handed_over', subject, details }] };
    },
  );
}

/** Why it cannot be handed to this one, as a sentence; null: it can. */
async function objection(
  tx: Tx,
  waiting: Waiting,
  me: string,
  { id, name }: { id: string; name: string },
): Promise<string | null> {
  const { signers, signatures } = waiting;
  const accounts = await accountsOf(tx, id, waiting.request.filedAt);
  if (accounts.includes(me)) return 'That is you.';
  if (signers.some(({ approverId, forId }) => approverId === id && forId !== me))
    return `${name} can sign this already.`;
  if (signatures.some(({ approverId, state }) => accounts.includes(approverId) && counts(state)))
    return `${name} has signed this request already.`;
  return whyNotInPlace(tx, waiting, { id, name });
}

const counts = (state: string) => state === 'intended' || state === 'recorded';
