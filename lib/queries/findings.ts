import { and, eq, ilike, isNull, or, type SQL, sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { findings } from '#db/schema/posture.ts';
import type { Actor } from '#lib/domain/actor.ts';
import { type FindingState, riskLevels } from '#lib/domain/finding.ts';
import { mayReadPosture } from '#lib/domain/permission.ts';
import { containing } from './containing.ts';
import type { FindingFilter, FindingRow } from './finding-rows.ts';
import type { Page } from './rows.ts';

const pageSize = 50;

/** A place in the list: the worst first, of one risk the longest open. */
interface Place {
  rank: number;
  firstSeenAt: Date;
  id: string;
}

interface Cursor extends Place {
  direction: 'after' | 'before';
}

/** What posture found; null to whom it is not open. A mangled cursor begins at the first page. */
export async function findingList(
  viewer: Actor,
  filter: FindingFilter,
  cursorText: string | null,
  size = pageSize,
): Promise<Page<FindingRow> | null> {
  if (!mayReadPosture(viewer)) return null;
  const cursor = readCursor(cursorText);
  const back = cursor?.direction === 'before';
  const where = and(...matchingFindings(viewer, filter), beyond(cursor));
  // Each along its index; an acceptance whose day has come is open before anybody moved it, and those are few.
  const streams = await Promise.all(
    streamsOf(filter.state).map((state) => read(and(state, where), back, size)),
  );
  const fetched = streams.flat().toSorted((a, b) => (back ? -1 : 1) * inOrder(a, b));
  const more = fetched.length > size;
  const rows = fetched.slice(0, size);
  if (back) rows.reverse();
  const [first] = rows;
  const last = rows.at(-1);
  return {
    rows: rows.map(({ rank: _, ...row }) => ({ ...row, state: filter.state })),
    next: last && (back || more) ? writeCursor('after', last) : null,
    previous: first && (back ? more : cursor !== null) ? writeCursor('before', first) : null,
    searchedTo: null,
  };
}

const isOver = sql`${findings.acceptedUntil} <= stint_now()`;

/** Rows that are in this state now, each condition along an index. */
export function streamsOf(state: FindingState): (SQL | undefined)[] {
  const isAccepted = eq(findings.state, 'accepted');
  if (state === 'open') return [eq(findings.state, 'open'), and(isAccepted, isOver)];
  return state === 'accepted' ? [and(isAccepted, sql`not ${isOver}`)] : [eq(findings.state, 'gone')];
}

/** What the filter asks, but for the state. */
export function matchingFindings(
  viewer: Actor,
  { risk, kind, assignee, text }: FindingFilter,
): (SQL | undefined)[] {
  return [
    // By rank, too: the lists' indexes are along it.
    risk && and(eq(findings.risk, risk), eq(findings.rank, riskLevels.indexOf(risk))),
    kind && eq(findings.kind, kind),
    assignee ? assignedTo(viewer, assignee) : undefined,
    text ? ilike(findings.title, containing(text)) : undefined,
  ];
}

function assignedTo({ objectId }: Actor, assignee: string): SQL | undefined {
  if (assignee === 'nobody') return isNull(findings.assigneeId);
  if (assignee === 'me') return eq(findings.assigneeId, objectId);
  return or(ilike(findings.assigneeName, containing(assignee)), eq(findings.assigneeId, assignee));
}

async function read(where: SQL | undefined, back: boolean, size: number) {
  const { id, kind, risk, rank, title, firstSeenAt, goneAt, assigneeName, acceptedUntil } = findings;
  const direction = sql.raw(back ? 'desc' : 'asc');
  return await db()
    .select({ id, kind, risk, rank, title, firstSeenAt, goneAt, assigneeName, acceptedUntil })
    .from(findings)
    .where(where)
    .orderBy(sql`${rank} ${direction}`, sql`${firstSeenAt} ${direction}`, sql`${id} ${direction}`)
    .limit(size + 1);
}

function inOrder(a: Place, b: Place): number {
  return a.rank - b.rank || +a.firstSeenAt - +b.firstSeenAt || (a.id < b.id ? -1 : 1);
}

function beyond(cursor: Cursor | null): SQL | undefined {
  if (!cursor) return undefined;
  const place = sql`(${cursor.rank}::int, ${cursor.firstSeenAt.toISOString()}::timestamptz, ${cursor.id}::uuid)`;
  const row = sql`(${findings.rank}, ${findings.firstSeenAt}, ${findings.id})`;
  return cursor.direction === 'after' ? sql`${row} > ${place}` : sql`${row} < ${place}`;
}

const shape =
  /^(after|before)\|([012])\|([12]\d{3}-\d\d-\d\dT[\d:.]{12}Z)\|([\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12})$/;

function readCursor(text: string | null): Cursor | null {
  const parts = text ? shape.exec(Buffer.from(text, 'base64url').toString('latin1')) : null;
  if (!parts) return null;
  const [, direction, rank, firstSeen = '', id = ''] = parts;
  const firstSeenAt = new Date(firstSeen);
  if (Number.isNaN(firstSeenAt.getTime())) return null;
  return { direction: direction as Cursor['direction'], rank: Number(rank), firstSeenAt, id };
}

function writeCursor(direction: Cursor['direction'], { rank, firstSeenAt, id }: Place): string {
  return Buffer.from(`${direction}|${rank}|${firstSeenAt.toISOString()}|${id}`, 'latin1').toString(
    'base64url',
  );
}
