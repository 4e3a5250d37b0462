import { and, asc, eq, inArray } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { offers, requestMessages, stageApprovers, watches } from '#db/schema/approvals.ts';
import type { OpenOffer, TalkLine } from './talk-rows.ts';

interface Talk {
  offer: OpenOffer | null;
  thread: TalkLine[];
  watching: boolean;
  /** The viewer’s own seats and to whom they handed them. */
  seats: { stage: number; forId: string | null; handedToName: string | null }[];
}

/** What was said about these requests, for somebody who may see them. */
export async function talksOf(viewerId: string, ids: readonly string[]): Promise<(id: string) => Talk> {
  if (ids.length === 0) return () => ({ offer: null, thread: [], watching: false, seats: [] });
  const of = [...ids];
  const [open, lines, watched, named] = await Promise.all([
    db()
      .select()
      .from(offers)
      .where(and(inArray(offers.requestId, of), eq(offers.state, 'open'))),
    db()
      .select()
      .from(requestMessages)
      .where(inArray(requestMessages.requestId, of))
      .orderBy(asc(requestMessages.saidAt), asc(requestMessages.id)),
    db()
      .select({ id: watches.requestId })
      .from(watches)
      .where(and(inArray(watches.requestId, of), eq(watches.personId, viewerId))),
    db().select().from(stageApprovers).where(inArray(stageApprovers.requestId, of)),
  ]);
  return (id) => {
    const here = named.filter(({ requestId }) => requestId === id);
    const nameOf = (personId: string | null) =>
      here.find(({ approverId }) => approverId === personId)?.approverName ?? null;
    const [offer] = open.filter(({ requestId }) => requestId === id);
    return {
      offer: offer ? asOffer(offer) : null,
      thread: lines.flatMap(({ requestId, id: lineId, kind, byName, text, saidAt: at }) =>
        requestId === id ? [{ id: lineId, kind, byName, text, at }] : [],
      ),
      watching: watched.some((one) => one.id === id),
      seats: here.flatMap(({ approverId, stage, forId, handedToId }) =>
        approverId === viewerId ? [{ stage, forId, handedToName: nameOf(handedToId) }] : [],
      ),
    };
  };
}

function asOffer({ offeredAt: at, ...offer }: typeof offers.$inferSelect): OpenOffer {
  const { id, byName, terms, reason, signs, stage } = offer;
  return { id, byName, terms, reason, signs, stage, at };
}
