import { and } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { requests } from '#db/schema/requests.ts';
import type { Actor } from '#lib/domain/actor.ts';
import { approversOf, asRequestRow, mine, requestColumns } from './columns.ts';
import { beyond, cut, order, readCursor } from './keyset.ts';
import type { Page, RequestRow } from './rows.ts';

const pageSize = 50;

/** The viewer's own requests, newest first. */
export async function myRequests(viewer: Actor, cursorText: string | null): Promise<Page<RequestRow>> {
  const cursor = readCursor(cursorText);
  const fetched = await db()
    .select(requestColumns)
    .from(requests)
    .where(and(mine(viewer.objectId), beyond(cursor)))
    .orderBy(...order(cursor))
    .limit(pageSize + 1);
  const page = cut(fetched, pageSize, cursor);
  const approvers = await approversOf(page.rows);
  return { ...page, rows: page.rows.map((row) => asRequestRow(row, approvers.get(row.id) ?? [])) };
}
