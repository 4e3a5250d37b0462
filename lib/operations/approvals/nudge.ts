import { announce } from '#db/changes.ts';
import { db, type Tx } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import { nudgedPimAt } from '#db/nudged-pim-at.ts';
import { onScreenOf } from '#db/on-screen-of.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { nudgeMinutes } from '#lib/domain/talk.ts';
import { minutesBetween, plusMinutes } from '#lib/domain/time.ts';
import { change, type Told } from '#lib/operations/change.ts';
import type { PersonContext } from '#lib/operations/context.ts';
import { tell } from '#lib/operations/letters/tell.ts';
import { pimApprovers } from '#lib/operations/letters/tell-of-pim.ts';
import { loadRequest, mustLoad, note, type RequestRecord } from '#lib/operations/requests/move.ts';
import { approversNow } from './approver-now.ts';
import { say } from './ask.ts';
import { askApprovers, mayStillSign } from './ask-approvers.ts';
import { holdApproval } from './hold-approval.ts';
import { keepStanding } from './keep-standing.ts';
import { letterOf } from './letter-of.ts';
import { mustWaitOwn } from './seat.ts';

/**
 * The requester reminds everybody who may decide now and has not, once an hour and stage: who may sign in Stint, or whom
 * PIM asks.
 * @throws Refusal `not_found` for somebody else’s, `not_pending`, `nudged_lately` with how long it is yet;
 * `nobody_to_nudge` while nobody is there who could decide.
 */
export async function nudge(ctx: PersonContext, requestId: string): Promise<void> {
  const request = await loadRequest(db(), requestId);
  return request?.status === 'awaiting_signatures' ? nudgeSigners(ctx, requestId) : nudgePim(ctx, requestId);
}

async function nudgeSigners(ctx: PersonContext, requestId: string): Promise<void> {
  await change(
    ctx,
    async (tx) => {
      const waiting = await mustWaitOwn(tx, ctx, requestId);
      const now = await clock(tx);
      refuseTooSoon(waiting.approval.nudgedAt, now);
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
      return { value: null, entries: [...asked, await tellNudged(tx, ctx, request, { to, now })] };
    },
  );
}

async function nudgePim(ctx: PersonContext, requestId: string): Promise<void> {
  await change(
    ctx,
    async (tx) => {
      const request = await mustLoad(tx, requestId);
      if (request.requesterId !== ctx.actor.objectId) throw new Refusal('not_found');
      if (request.status !== 'awaiting_approval') throw new Refusal('not_pending');
      const now = await clock(tx);
      refuseTooSoon(await nudgedPimAt(tx, request), now);
      const to = await pimApprovers(tx, request);
      if (to.length === 0) throw new Refusal('nobody_to_nudge');
      return { request, now, to };
    },
    async (tx, { request, now, to }) => {
      // Of two at once, one: the other finds another version.
      await note(tx, request, {});
      return { value: null, entries: [await tellNudged(tx, ctx, request, { to, now, where: 'azure' })] };
    },
  );
}

function refuseTooSoon(nudgedAt: Date | null, now: Date): void {
  const again = nudgedAt && plusMinutes(nudgedAt, nudgeMinutes);
  if (!again || again <= now) return;
  const left = Math.max(1, minutesBetween(now, again));
  throw new Refusal('nudged_lately', `You nudged them a while ago. Again in ${left} min.`);
}

/** Writes the letters, and that they were nudged. */
async function tellNudged(
  tx: Tx,
  ctx: PersonContext,
  request: RequestRecord,
  { to, now, ...where }: { to: string[]; now: Date; where?: 'azure' },
): Promise<Told> {
  const { id } = request;
  const said = { byName: ctx.actor.name };
  await tell(
    tx,
    to.map((one) => letterOf(request, 'nudge', one, now.toISOString(), said)),
  );
  await say(tx, ctx, { requestId: id, text: '', kind: 'nudge' });
  await announce(tx, await onScreenOf(tx, id));
  return { action: 'request.nudged', subject: { kind: 'request', id }, details: { to, ...where } };
}
