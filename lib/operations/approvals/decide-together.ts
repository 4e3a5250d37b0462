import { eq, inArray, sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { criticalAmong } from '#db/critical-among.ts';
import { onScreenOf } from '#db/on-screen-of.ts';
import { requestApprovals } from '#db/schema/approvals.ts';
import { requests } from '#db/schema/requests.ts';
import { settingOf } from '#db/settings.ts';
import { audienceOf } from '#lib/domain/plane.ts';
import { isWanted } from '#lib/domain/proof.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { aloneBecause } from '#lib/domain/together.ts';
import type { PersonContext, SealedTokens } from '#lib/operations/context.ts';
import type { TokenChallenges } from '#lib/operations/requests/challenges.ts';
import { decide } from './decide.ts';
import { sign } from './sign.ts';

export interface DecideTogether {
  /** Each with the stage that was shown of it, the first as 1; null: none. */
  asked: readonly { requestId: string; shownStage: number | null }[];
  approve: boolean;
  justification: string;
}

/** What became of one of them; null: it is taken. */
export interface TogetherAnswer {
  requestId: string;
  refusal: Refusal | null;
}

/**
 * One decision and one reason for several requests: each signed or decided on its own, as if by itself, and only what its
 * rule lets be decided together. Each answers for itself; none holds up another. `seal` null: the person's tokens are not to
 * be had now, and only what needs none is decided.
 */
export async function decideTogether(
  ctx: PersonContext,
  { asked, approve, justification }: DecideTogether,
  seal: SealedTokens | null,
  challenges: TokenChallenges,
): Promise<TogetherAnswer[]> {
  const shown = new Map(asked.map(({ requestId, shownStage }) => [requestId, shownStage]));
  const known = await howDecided([...shown.keys()], ctx.actor.objectId);
  const answers: TogetherAnswer[] = [];
  for (const [requestId, shownStage] of shown) {
    const refusal = await refusalOf(async () => {
      const one = known.get(requestId);
      if (!one || !(await onScreenOf(db(), requestId)).includes(ctx.actor.objectId))
        throw new Refusal('not_found');
      if (one.because) throw new Refusal('not_together', one.because);
      const made = { requestId, approve, justification };
      // Without a token at hand a signature is one all the same, and PIM asks again.
      const lend = challenges[one.audience] ? null : seal;
      if (one.isSigned) await sign(ctx, { ...made, shownStage, via: 'portal' }, lend);
      else if (seal) await decide(ctx, made, seal, { asked: challenges });
      else throw new Refusal('sign_in_again');
    });
    answers.push({ requestId, refusal });
  }
  return answers;
}

/** What is no foreseen no of this one is nobody’s answer: it goes up. */
async function refusalOf(act: () => Promise<void>): Promise<Refusal | null> {
  try {
    await act();
    return null;
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

/** How each of them is decided, and why it has to be on its own; null: it does not. */
async function howDecided(ids: string[], personId: string) {
  const isAskedByPim = sql<boolean>`exists (select from request_approvers a
    where a.request_id = ${requests.id} and a.approver_id = ${personId})`;
  const found = await db()
    .select({ request: requests, rule: requestApprovals.rule, isAskedByPim })
    .from(requests)
    .leftJoin(requestApprovals, eq(requestApprovals.requestId, requests.id))
    .where(inArray(requests.id, ids));
  const { decisions } = await settingOf(db(), 'step_up');
  const isCritical = await criticalAmong(
    db(),
    found.map(({ request }) => request),
  );
  return new Map(
    found.map(({ request, rule, isAskedByPim: byPim }) => {
      const isSigned = rule?.then.is === 'stages' && !byPim;
      const because = aloneBecause(rule, isWanted(decisions, isCritical(request)));
      return [request.id, { isSigned, because, audience: audienceOf[request.plane] }] as const;
    }),
  );
}
