import { and, eq, isNull, lte, or } from 'drizzle-orm';
import { clock } from '#db/clock.ts';
import { requestApprovals, signatures } from '#db/schema/approvals.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { nudgeMinutes } from '#lib/domain/talk.ts';
import { minutesBetween, plusMinutes } from '#lib/domain/time.ts';
import { change } from '#lib/operations/change.ts';
import type { PersonContext } from '#lib/operations/context.ts';
import { tell } from '#lib/operations/letters/tell.ts';
import { say } from './ask.ts';
import { about, announceTo, mustWaitOwn } from './seat.ts';

/**
 * The requester reminds everybody who may sign now and has not, once an hour.
 * @throws Refusal `not_found` for somebody else’s, `not_pending`, `nudged_lately` with how long it is yet.
 */
export async function nudge(ctx: PersonContext, requestId: string): Promise<void> {
  await change(
    ctx,
    async (tx) => {
      const waiting = await mustWaitOwn(tx, ctx, requestId);
      const now = await clock(tx);
      const { nudgedAt } = waiting.approval;
      if (nudgedAt && plusMinutes(nudgedAt, nudgeMinutes) > now) throw tooSoon(nudgedAt, now);
      return { ...waiting, now };
    },
    async (tx, { request, approval, signers, now }) => {
      const rows = await tx
        .update(requestApprovals)
        .set({ nudgedAt: now })
        .where(
          and(
            eq(requestApprovals.requestId, requestId),
            eq(requestApprovals.state, 'waiting'),
            or(
              isNull(requestApprovals.nudgedAt),
              lte(requestApprovals.nudgedAt, plusMinutes(now, -nudgeMinutes)),
            ),
          ),
        )
        .returning({ id: requestApprovals.requestId });
      if (rows.length === 0) throw tooSoon(approval.nudgedAt ?? now, now);
      const signed = await tx
        .select({ id: signatures.approverId })
        .from(signatures)
        .where(and(eq(signatures.requestId, requestId), eq(signatures.state, 'recorded')));
      const done = new Set(signed.map(({ id }) => id));
      const to = signers.map(({ approverId }) => approverId).filter((id) => !done.has(id));
      const facts = { ...about(request), byName: ctx.actor.name };
      await tell(
        tx,
        to.map((one) => ({ kind: 'nudge', to: one, requestId, of: now.toISOString(), facts })),
      );
      await say(tx, ctx, { requestId, text: '', kind: 'nudge' });
      await announceTo(tx, request);
      const subject = { kind: 'request' as const, id: requestId };
      return { value: null, entries: [{ action: 'request.nudged', subject, details: { to } }] };
    },
  );
}

function tooSoon(nudgedAt: Date, now: Date): Refusal {
  const left = Math.max(1, minutesBetween(now, plusMinutes(nudgedAt, nudgeMinutes)));
  return new Refusal('nudged_lately', `You nudged them a while ago. Again in ${left} min.`);
}
