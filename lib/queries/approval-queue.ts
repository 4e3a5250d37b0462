import { sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import type { Actor } from '#lib/domain/actor.ts';
import { approvalCards } from './approval-cards.ts';
import type { ApprovalQueue, AskedBy } from './approval-rows.ts';
import { pageOf, readPlace } from './moment-cursor.ts';
import { queueCounts } from './queue-counts.ts';
import { readings } from './readings.ts';
import { settledLately } from './settled-lately.ts';
import { waitingFor } from './waiting-for.ts';

const pageSize = 25;

/** What waits for the viewer's yes or no, by Stint's stages and on all three planes of PIM: the soonest to lapse first. */
export async function approvalQueue(viewer: Actor, after: string | null = null): Promise<ApprovalQueue> {
  const [reading, counts, found, settled] = await Promise.all([
    readings(`approvals:${viewer.objectId}`),
    queueCounts(viewer),
    waitingPage(viewer, after),
    settledLately(viewer),
  ]);
  const { rows, more } = pageOf(found, pageSize, ({ lapsesAt, id }) => ({ at: lapsesAt, id }));
  return { ...reading, counts, waiting: await approvalCards(viewer, rows, reading.now), more, settled };
}

async function waitingPage(viewer: Actor, after: string | null) {
  const place = readPlace(after);
  const result = await db().execute(sql`
    select id, asks, lapses_at from (${waitingFor(viewer.objectId)}) waits
    ${place ? sql`where (lapses_at, id) > (${place.at}::timestamptz, ${place.id}::uuid)` : sql``}
    order by lapses_at, id limit ${pageSize + 1}`);
  const rows = (result as unknown as { rows: { id: string; asks: AskedBy; lapses_at: string | Date }[] })
    .rows;
  return rows.map(({ lapses_at: lapsesAt, ...row }) => ({ ...row, lapsesAt: new Date(lapsesAt) }));
}
