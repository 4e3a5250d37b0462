import { lte, sql } from 'drizzle-orm';
import { type Tx, transaction } from '#db/client.ts';
import { failPoint } from '#db/fail-points.ts';
import { refusals } from '#db/schema/audit.ts';
import type { Doer } from '#lib/domain/actor.ts';
import { record } from './record.ts';

/** Refusals of the same person (or stranger's address), door and code within so long are one. */
export const WINDOW_MINUTES = 5;

/** What was refused. */
export interface Refused {
  who: Extract<Doer, { kind: 'person' | 'stranger' }>;
  /** The action or route: `cancelRequest`, `GET /api/stream`. */
  door: string;
  /** Why, by its code. */
  code: string;
  /** What it was about, as far as the door was told: an id, else null. */
  subject: string | null;
  /** The machine's time. */
  now: Date;
  traceId: string;
}

/** Puts a refusal on record, or counts it with the one that opened the window. */
export async function recordRefusal({ who, door, code, subject, now, traceId }: Refused): Promise<void> {
  const [id, name] = who.kind === 'person' ? [who.id, who.name] : [who.address, null];
  await transaction(async (tx) => {
    const [row] = await tx
      .insert(refusals)
      .values({ who: id, name, door, code, times: 1, openedAt: now })
      .onConflictDoUpdate({
        target: [refusals.who, refusals.door, refusals.code],
        set: { times: sql`${refusals.times} + 1` },
      })
      .returning({ times: refusals.times });
    if (row?.times === 1) await tell(tx, { who: id, name, door, code }, { subject }, traceId);
  });
}

/** Closes windows that are over; what was folded into one is put on record with its count. */
export async function closeRefusals(now: Date, traceId: string): Promise<void> {
  const over = new Date(now.getTime() - WINDOW_MINUTES * 60_000);
  await transaction(async (tx) => {
    const closed = await tx.delete(refusals).where(lte(refusals.openedAt, over)).returning();
    for (const { openedAt, times, ...row } of closed) {
      if (times > 1) await tell(tx, row, { times, since: openedAt.toISOString() }, traceId);
    }
    failPoint('refusals:before-commit');
  });
}

type Row = Pick<typeof refusals.$inferSelect, 'who' | 'name' | 'door' | 'code'>;

function tell(tx: Tx, { who, name, door, code }: Row, more: object, traceId: string): Promise<void> {
  const doer: Doer = name === null ? { kind: 'stranger', address: who } : { kind: 'person', id: who, name };
  return record(tx, {
    action: 'access.refused',
    doer,
    subject: { kind: 'door', id: door },
    details: { door, code, ...more },
    traceId,
  });
}
