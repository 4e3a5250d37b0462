import { and, asc, eq, gt } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { auditEntries } from '#db/schema/audit.ts';
import type { Actor } from '#lib/domain/actor.ts';
import { mayReadAllHistory } from '#lib/domain/permission.ts';
import { Refusal } from '#lib/domain/refusal.ts';

export type AuditRow = typeof auditEntries.$inferSelect;

const rowsPerRead = 500;

/** Which part of the record: entries after a number, of one action; empty is everything. */
export interface TrailFilter {
  after: number;
  action: string | null;
}

/**
 * The audit record, oldest first, page by page.
 * @throws Refusal not_allowed before the first page, to whom it is not open.
 */
export function auditTrail(viewer: Actor, { after, action }: TrailFilter): AsyncGenerator<AuditRow[]> {
  if (!mayReadAllHistory(viewer)) throw new Refusal('not_allowed');
  return pages(after, action);
}

async function* pages(after: number, action: string | null): AsyncGenerator<AuditRow[]> {
  for (let last = after; ; ) {
    const rows = await db()
      .select()
      .from(auditEntries)
      .where(and(gt(auditEntries.seq, last), action ? eq(auditEntries.action, action) : undefined))
      .orderBy(asc(auditEntries.seq))
      .limit(rowsPerRead);
    yield rows;
    if (rows.length < rowsPerRead) return;
    last = rows.at(-1)?.seq ?? last;
  }
}
