import { eq } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { requests } from '#db/schema/requests.ts';
import type { accessChanges } from '#db/schema/reviews.ts';
import type { LetterFacts, LetterKind } from '#lib/domain/letter.ts';
import { administrators } from '#lib/operations/approvals/administrators.ts';
import { letterOf } from '#lib/operations/approvals/letter-of.ts';
import type { Told } from '#lib/operations/change.ts';
import { tell } from '#lib/operations/letters/tell.ts';
import { move, type RequestRecord } from '#lib/operations/requests/move.ts';

type ChangeRecord = typeof accessChanges.$inferSelect;

/**
 * What became of ending an activation that went past Stint's approval, put on the activation's own record, and told to
 * those who heard that it would be ended. The reading that shows it gone ends the request, too.
 */
export async function tellOfEnding(tx: Tx, change: ChangeRecord): Promise<Told[]> {
  const { actedAt, confirmedAt, explanation, outcome, progress, requestId, state } = change;
  if (!requestId || progress.because !== 'bypassed' || !['done', 'blocked', 'refused'].includes(state))
    return [];
  // Whoever looks at it in this moment waits, and then sees that it was moved.
  const [request] = await tx.select().from(requests).where(eq(requests.id, requestId)).for('update');
  if (!request) return [];
  const subject = { kind: 'request' as const, id: requestId };
  const known = { changeId: change.id, outcome };
  if (state !== 'done') {
    await tellAll(tx, request, 'bypass_not_ended', await administrators(tx), {
      ...(explanation && { text: explanation }),
    });
    return [{ action: 'request.bypass_not_ended', subject, details: { ...known, explanation } }];
  }
  const wasGone = outcome === 'already_gone';
  const ended = wasGone || !confirmedAt ? [] : await end(tx, request, confirmedAt);
  const people = new Set([...(await administrators(tx)), request.requesterId]);
  await tellAll(tx, request, 'bypass_ended', [...people], { ...(wasGone && { wasGone }) });
  const tookSeconds = actedAt && confirmedAt ? (confirmedAt.getTime() - actedAt.getTime()) / 1000 : null;
  const proof = { ...known, toldAt: actedAt, goneAt: confirmedAt, tookSeconds };
  return [...ended, { action: 'request.bypass_ended', subject, details: proof }];
}

/** Where a look was first, or its time was over, the request has ended already. */
async function end(tx: Tx, request: RequestRecord, endedAt: Date): Promise<Told[]> {
  if (request.status !== 'active' && request.status !== 'ending') return [];
  const endCause = 'ended_by_stint';
  const patch = { endCause, endedAt, failure: null, checkAt: null } as const;
  return (await move(tx, request, 'ended', patch, 'request.ended', { endCause, endedAt })).entries;
}

function tellAll(
  tx: Tx,
  request: RequestRecord,
  kind: LetterKind,
  people: readonly string[],
  facts: LetterFacts,
): Promise<number> {
  return tell(
    tx,
    people.map((to) => letterOf(request, kind, to, '', facts)),
  );
}
