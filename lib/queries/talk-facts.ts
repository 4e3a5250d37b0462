import { and, eq, inArray } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { requestApprovals, signatures } from '#db/schema/approvals.ts';
import { requests } from '#db/schema/requests.ts';
import type { Actor } from '#lib/domain/actor.ts';
import { maySign } from '#lib/domain/permission.ts';
import { termsOf } from '#lib/domain/terms-of.ts';
import type { TalkFacts } from './talk-rows.ts';
import { talksOf } from './talks.ts';

/** What the viewer needs to talk about each of these requests; null for those that do not wait for their signature. */
export async function talkFactsOf(
  viewer: Actor,
  ids: readonly string[],
): Promise<(id: string) => TalkFacts | null> {
  if (ids.length === 0) return () => null;
  const me = viewer.objectId;
  const [rows, talkOf, mine] = await Promise.all([
    db()
      .select({ request: requests, stage: requestApprovals.stage })
      .from(requests)
      .innerJoin(requestApprovals, eq(requestApprovals.requestId, requests.id))
      .where(and(inArray(requests.id, [...ids]), eq(requestApprovals.state, 'waiting'))),
    talksOf(me, ids),
    db()
      .select({ requestId: signatures.requestId })
      .from(signatures)
      .where(
        and(
          inArray(signatures.requestId, [...ids]),
          eq(signatures.approverId, me),
          inArray(signatures.state, ['intended', 'recorded']),
        ),
      ),
  ]);
  return (id) => {
    const found = rows.find(({ request }) => request.id === id);
    const { offer, thread, watching, seats } = talkOf(id);
    const seat = seats.find(({ stage }) => stage === found?.stage);
    if (!found || !seat || !maySign(viewer, { ...found.request, approverIds: [me] })) return null;
    const hasSigned = mine.some(({ requestId }) => requestId === id);
    return {
      ...{ offer, thread, watching, asked: termsOf(found.request), handedToName: seat.handedToName },
      stage: found.stage + 1,
      hasPlaces: found.request.plane === 'azure',
      mayHandOver: seat.forId === null && !hasSigned,
    };
  };
}
