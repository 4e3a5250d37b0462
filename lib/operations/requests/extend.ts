import { randomUUID } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import { announce } from '#db/changes.ts';
import type { Tx } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import { failPoint } from '#db/fail-points.ts';
import { enqueue } from '#db/queue.ts';
import { mirrorEligible, mirrorPolicies } from '#db/schema/mirror.ts';
import { requests } from '#db/schema/requests.ts';
import { stricter } from '#lib/domain/narrower.ts';
import { mayExtend } from '#lib/domain/permission.ts';
import { audienceOf } from '#lib/domain/plane.ts';
import { judge, type PolicyFacts, refusalIn, unknownPolicy } from '#lib/domain/policy.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { TicketCheck } from '#lib/domain/ticket.ts';
import { keepToken } from '#lib/operations/act-tokens.ts';
import { approvalJudge } from '#lib/operations/approval-policy/judge-filing.ts';
import { beginApproval, frozen } from '#lib/operations/approvals/begin-approval.ts';
import { change } from '#lib/operations/change.ts';
import type { PersonContext, SealedTokens } from '#lib/operations/context.ts';
import { ticketJudge } from '#lib/operations/tickets/judging.ts';
import { challengeAtFiling, type TokenChallenges, toldChallenge } from './challenges.ts';
import { guardSubmit } from './guard-submit.ts';
import { mustLoad, note, type RequestRecord } from './move.ts';
import { spanOf } from './span-of.ts';
import { unsigned, waiting } from './write-request.ts';

/** How much longer, and why; the reason and ticket of before are sent along unless changed. */
export interface Extension {
  requestId: string;
  minutes: number;
  justification: string;
  ticketNumber: string;
  /** What its system said of the ticket, asked before. */
  ticketCheck?: TicketCheck | null | undefined;
}

/**
 * Asks for more time. PIM lets no activation overlap another of the same role, so this files a second one that starts
 * when the first ends. It is judged like any other, and approved like any other; where a stronger sign-in has to come
 * first (`asked`, or by policy), it is written down with that. Where Stint's own stages are asked, it waits for them, and
 * begins at its start if what it follows is over by then.
 * @throws Refusal `not_found` for somebody else's, `not_active`, `already_extended`, `not_eligible`, or what policy says.
 */
export async function extend(
  ctx: PersonContext,
  extension: Extension,
  seal: SealedTokens,
  asked: TokenChallenges = {},
): Promise<string> {
  const id = await change(
    ctx,
    (tx) => gate(tx, ctx, extension),
    async (tx, { first, eligibilityId, policy, ticket, verdict, approval, policyVersion, startsAt, now }) => {
      const { plane, roleId, scopeId, roleName, scopeName, scopeKind, eligibleScopeId } = first;
      const { requesterId, requesterName } = first;
      const { minutes, justification, ticketNumber } = extension;
      const isStaged = approval.is === 'stages';
      const challenge = isStaged ? null : challengeAtFiling(plane, verdict, asked);
      const [row] = await tx
        .insert(requests)
        .values({
          ...{ id: randomUUID(), submissionId: randomUUID(), origin: 'stint' },
          ...{ plane, roleId, scopeId, roleName, scopeName, scopeKind, eligibleScopeId, eligibilityId },
          ...{ requesterId, requesterName, justification, ticketNumber, minutes, policy },
          ...{ followsId: first.id, waitsForEnd: true, wantedStartAt: startsAt, filedAt: now },
          ...(isStaged ? unsigned : waiting(challenge, now, startsAt)),
        })
        .onConflictDoNothing()
        .returning({ id: requests.id });
      if (!row) throw new Refusal('already_extended');
      // Fenced by the first's version: what ends in this very moment is not extended.
      await note(tx, first, {});
      const begun = await beginApproval(tx, row.id, { verdict: approval, policyVersion, now });
      if (!challenge && !isStaged) {
        await keepToken(tx, row.id, audienceOf[plane], seal);
        await enqueue(tx, 'provision', { requestId: row.id, traceId: ctx.traceId });
      }
      await announce(tx, [requesterId]);
      const wanted = { minutes, justification, ticketNumber, startsAt };
      const role = { plane, roleId, scopeId, roleName, scopeName };
      return {
        value: row.id,
        entries: [
          {
            action: 'request.filed',
            subject: { kind: 'request', id: row.id },
            details: { ...role, ...wanted, followsId: first.id },
          },
          ...(await ticket.keep(tx, row.id)),
          ...begun,
          ...(challenge ? [toldChallenge(row.id, challenge)] : []),
          {
            action: 'request.extended',
            subject: { kind: 'request', id: first.id },
            details: { followOnId: row.id, minutes, startsAt },
          },
        ],
      };
    },
  );
  failPoint('extend:after-intent');
  return id;
}

async function gate(tx: Tx, ctx: PersonContext, extension: Extension) {
  const first = await mustLoad(tx, extension.requestId);
  if (first.requesterId !== ctx.actor.objectId) throw new Refusal('not_found');
  const now = await clock(tx);
  const startsAt = first.endsAt;
  // Over by the clock though Azure has not said so yet: there is nothing to follow any more.
  if (!mayExtend(ctx.actor, first) || first.endAfter || !startsAt || startsAt <= now)
    throw new Refusal('not_active');
  const { eligibilityId, facts } = await eligibilityFor(tx, first);
  const policy = first.eligibleScopeId ? stricter(facts, first.policy) : (facts ?? first.policy);
  await guardSubmit(tx, ctx, extension.justification, [first]);
  const ticket = await ticketJudge(tx, ctx.actor, { ...extension, startsAt }, [first], now);
  const verdict = judge({ ...extension, startsAt }, ticket.rulesOf(first, policy) ?? unknownPolicy, now);
  const stint = await approvalJudge(tx, ctx.actor, { ...extension, startsAt }, [first], now);
  // One after the other they are one long one.
  const approval = stint.verdictOf(first, extension.minutes + (await spanOf(tx, first.id)));
  const refusal = refusalIn(verdict) ?? ticket.refusalOf(first) ?? frozen(approval);
  if (refusal) throw refusal;
  const { policyVersion } = stint;
  return { first, eligibilityId, policy, ticket, verdict, approval, policyVersion, startsAt, now };
}

/** As it is now: who lost the eligibility since does not get more time. @throws Refusal `not_eligible`. */
export async function eligibilityFor(
  tx: Tx,
  {
    requesterId,
    plane,
    roleId,
    scopeId,
    eligibleScopeId,
  }: Pick<RequestRecord, 'requesterId' | 'plane' | 'roleId' | 'scopeId' | 'eligibleScopeId'>,
): Promise<{ eligibilityId: string; facts: PolicyFacts | null }> {
  const at = eligibleScopeId ?? scopeId;
  const [row] = await tx
    .select({ eligibilityId: mirrorEligible.eligibilityId, facts: mirrorPolicies.facts })
    .from(mirrorEligible)
    .leftJoin(
      mirrorPolicies,
      and(
        eq(mirrorPolicies.plane, mirrorEligible.plane),
        eq(mirrorPolicies.roleId, mirrorEligible.roleId),
        eq(mirrorPolicies.scopeId, mirrorEligible.scopeId),
      ),
    )
    .where(
      and(
        eq(mirrorEligible.principalId, requesterId),
        eq(mirrorEligible.plane, plane),
        eq(mirrorEligible.roleId, roleId),
        eq(mirrorEligible.scopeId, at),
      ),
    );
  if (!row) throw new Refusal('not_eligible');
  return row;
}
