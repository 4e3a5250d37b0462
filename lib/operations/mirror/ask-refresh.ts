import { randomUUID } from 'node:crypto';
import { announce } from '#db/changes.ts';
import { enqueue } from '#db/queue.ts';
import { audienceOf, planes } from '#lib/domain/plane.ts';
import { keepToken } from '#lib/operations/act-tokens.ts';
import { change } from '#lib/operations/change.ts';
import type { PersonContext, SealedTokens } from '#lib/operations/context.ts';
import type { TokenChallenges } from '#lib/operations/requests/challenges.ts';
import { approvalsRun } from './refresh-approvals.ts';
import { noteRun, strongerSignIn } from './runs.ts';

/**
 * Has a job read Azure for this person, with their own tokens, behind the page they are looking at. What a token is
 * not given for without a stronger sign-in (`asked`) keeps its old rows and says so; the rest is read.
 * Reading one's own access changes nothing anybody could be asked about: it leaves no audit entry.
 */
export async function askRefresh(
  ctx: PersonContext,
  what: 'refresh-access' | 'refresh-approvals',
  seal: SealedTokens,
  asked: TokenChallenges = {},
): Promise<void> {
  const actId = randomUUID();
  const { objectId } = ctx.actor;
  const run = what === 'refresh-access' ? objectId : approvalsRun(objectId);
  await change(
    ctx,
    async () => null,
    async (tx) => {
      for (const audience of ['graph', 'arm'] as const)
        if (!asked[audience]) await keepToken(tx, actId, audience, seal);
      for (const plane of planes)
        if (asked[audienceOf[plane]]) await noteRun(tx, run, plane, strongerSignIn(plane));
      await announce(tx, [objectId]);
      await enqueue(tx, what, { principalId: objectId, actId, traceId: ctx.traceId });
      return { value: null, entries: [] };
    },
  );
}
