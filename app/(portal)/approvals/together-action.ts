'use server';

import { headers } from 'next/headers';
import { z } from 'zod';
import { door, requestId, sealerOrChallenges, shownStage, typed } from '#app/(portal)/door.ts';
import { refused as putOnRecord } from '#lib/auth/refused.ts';
import type { Session } from '#lib/auth/session.ts';
import { audienceOf, type Plane } from '#lib/domain/plane.ts';
import { type Outcome, Refusal } from '#lib/domain/refusal.ts';
import { decideTogether as decideAll } from '#lib/operations/approvals/decide-together.ts';
import { requestPlanes } from '#lib/queries/request-plane.ts';

const mostTogether = 50;
const together = z.object({
  asked: z.array(z.object({ requestId, shownStage })).min(1).max(mostTogether),
  decision: z.enum(['approve', 'deny']),
  justification: typed,
});

/** What signs a stage of Stint needs none: without them the rest is refused one by one. */
async function tokensFor(session: Session, planes: Plane[]) {
  try {
    return await sealerOrChallenges(
      session,
      planes.map((plane) => audienceOf[plane]),
    );
  } catch (error) {
    if (error instanceof Refusal) return { seal: null, asked: {} };
    throw error;
  }
}

/** One decision and one reason for several requests, as far as their rules allow it; each is answered on its own. */
export async function decideTogether(
  input: z.input<typeof together>,
): Promise<Outcome<{ refused: { requestId: string; message: string }[] }>> {
  return door('decideTogether', together, input, async ({ decision, ...rest }, ctx, session) => {
    const planes = await requestPlanes(rest.asked.map((one) => one.requestId));
    const { seal, asked: challenges } = await tokensFor(session, planes);
    const answers = await decideAll(ctx, { ...rest, approve: decision === 'approve' }, seal, challenges);
    const refused = answers.flatMap(({ requestId: id, refusal }) => (refusal ? [{ id, refusal }] : []));
    const head = await headers();
    for (const { id, refusal } of refused)
      await putOnRecord(head, session.actor, { door: 'decideTogether', code: refusal.code, subject: id });
    return { refused: refused.map(({ id, refusal }) => ({ requestId: id, message: refusal.message })) };
  });
}
