import { and, eq, lte, sql } from 'drizzle-orm';
import { type Tx, transaction } from '#db/client.ts';
import { failPoint } from '#db/fail-points.ts';
import { refusals } from '#db/schema/audit.ts';
import type { Doer } from '#lib/domain/actor.ts';
import { record } from './record.ts';

/** Refusals of the same person (or stranger's address), door and code within so long are one. */
export const WINDOW_MINUTES = 5;
const windowMs = WINDOW_MINUTES * 60_000;

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

type Row = Pick<typeof refusals.$inferSelect, 'who' | 'name' | 'door' | 'code'>;
interface Counted extends Row {
  openedAt: Date;
  /** Since the database was last told. */
  more: number;
}

/** A flood costs the database one write: what follows the first is counted here until the window closes. */
const held = globalThis as { stintRefusals?: Map<string, Counted> };
const counts = () => {
  held.stintRefusals ??= new Map();
  return held.stintRefusals;
};

/** Puts a refusal on record, or counts it with the one that opened the window. */
export async function recordRefusal({ who, door, code, subject, now, traceId }: Refused): Promise<void> {
  const [id, name] = who.kind === 'person' ? [who.id, who.name] : [who.address, null];
  const row: Row = { who: id, name, door, code };
  const key = JSON.stringify([id, door, code]);
  const open = counts().get(key);
  if (open && now.getTime() - open.openedAt.getTime() < windowMs) {
    open.more += 1;
    return;
  }
  // From now on others only count; what an older window counted goes along.
  counts().set(key, { ...row, openedAt: now, more: 0 });
  const before = open ? takenOut(open) : null;
  try {
    await transaction(async (tx) => {
      if (before) await add(tx, before, traceId);
      const [kept] = await tx
        .insert(refusals)
        .values({ ...row, times: 1, openedAt: now })
        .onConflictDoUpdate({
          target: [refusals.who, refusals.door, refusals.code],
          set: { times: sql`${refusals.times} + 1` },
        })
        .returning({ times: refusals.times });
      if (kept?.times === 1) await tell(tx, row, { subject }, traceId);
    });
  } catch (error) {
    // Nothing is on record: the next one is the first again.
    counts().delete(key);
    throw error;
  }
}

/** Closes windows that are over; what was folded into one is put on record with its count. */
export async function closeRefusals(now: Date, traceId: string): Promise<void> {
  const over = new Date(now.getTime() - windowMs);
  // Always in the same order: several processes close at once.
  const counted = [...counts().entries()].toSorted(([one], [other]) => (one < other ? -1 : 1));
  for (const [key, { openedAt }] of counted) if (openedAt <= over) counts().delete(key);
  const taken = counted.map(([, one]) => takenOut(one));
  try {
    await transaction(async (tx) => {
      for (const one of taken) await add(tx, one, traceId);
      const closed = await tx.delete(refusals).where(lte(refusals.openedAt, over)).returning();
      for (const { openedAt, times, ...row } of closed) {
        if (times > 1) await tell(tx, row, { times, since: openedAt.toISOString() }, traceId);
      }
      failPoint('refusals:before-commit');
    });
  } catch (error) {
    for (const [index, [key, one]] of counted.entries()) {
      one.more += taken[index]?.more ?? 0;
      if (!counts().has(key)) counts().set(key, one);
    }
    throw error;
  }
}

/** What was counted since the database was last told, and is told by whoever took it. */
function takenOut(counted: Counted): Counted {
  const taken = { ...counted };
  counted.more = 0;
  return taken;
}

/** Adds what this process counted to the window; one that another process has closed meanwhile is told by itself. */
async function add(tx: Tx, { more, openedAt, ...row }: Counted, traceId: string): Promise<void> {
  if (more === 0) return;
  const added = await tx
    .update(refusals)
    .set({ times: sql`${refusals.times} + ${more}` })
    .where(and(eq(refusals.who, row.who), eq(refusals.door, row.door), eq(refusals.code, row.code)))
    .returning({ who: refusals.who });
  if (added.length === 0) await tell(tx, row, { times: more, since: openedAt.toISOString() }, traceId);
}

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
