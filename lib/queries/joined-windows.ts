import { asc, desc, eq } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { needs } from '#db/schema/needs.ts';
import { requests } from '#db/schema/requests.ts';
import type { JoinedWindows } from './rows.ts';

/** What a request followed, what followed it, and every ticket it served. Whoever may see the one, may see the others: they are the same person's, for the same role. */
export async function joinedWindows(id: string, followsId: string | null): Promise<JoinedWindows> {
  const columns = {
    id: requests.id,
    status: requests.status,
    minutes: requests.minutes,
    startsAt: requests.startsAt,
    wantedStartAt: requests.wantedStartAt,
  };
  const [[before], [after], served] = await Promise.all([
    followsId ? db().select(columns).from(requests).where(eq(requests.id, followsId)) : [],
    db()
      .select(columns)
      .from(requests)
      .where(eq(requests.followsId, id))
      .orderBy(desc(requests.filedAt))
      .limit(1),
    db().select().from(needs).where(eq(needs.requestId, id)).orderBy(asc(needs.addedAt)),
  ]);
  return {
    before: before ? windowOf(before) : null,
    after: after ? windowOf(after) : null,
    needs: served.map(({ ticketNumber, justification, until, releasedAt, ticket }) => ({
      ...{ ticketNumber, justification, until, releasedAt, ticket },
    })),
  };
}

interface Row
  extends Pick<typeof requests.$inferSelect, 'id' | 'status' | 'minutes' | 'startsAt' | 'wantedStartAt'> {}

function windowOf({ id, status, minutes, startsAt, wantedStartAt }: Row) {
  return { id, status, minutes, startsAt: startsAt ?? wantedStartAt };
}
