import { and, desc, eq, inArray, isNull, type SQL, sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import { letterPreferences } from '#db/schema/deliveries.ts';
import { letters } from '#db/schema/letters.ts';
import type { Actor } from '#lib/domain/actor.ts';
import { groupOf, isUrgent, letterGroups, quietUntil, usualPreferences } from '#lib/domain/delivery.ts';
import { letterKinds } from '#lib/domain/letter.ts';
import { wordsOf } from '#lib/domain/letter-words.ts';
import { type Cursor, cut, readCursor } from './keyset.ts';
import type { LetterFilter, LetterNews, LetterRow } from './letter-rows.ts';
import type { Page } from './rows.ts';

const pageSize = 50;
const mostShown = 3;
const mostCounted = 100;

/** The viewer's own letters, newest first. */
export async function myLetters(
  viewer: Actor,
  { unread, group }: LetterFilter,
  cursorText: string | null,
): Promise<Page<LetterRow>> {
  const cursor = readCursor(cursorText);
  const kinds = letterKinds.filter((kind) => group === null || groupOf(kind) === group);
  const fetched = await db()
    .select()
    .from(letters)
    .where(
      and(
        eq(letters.personId, viewer.objectId),
        unread ? isNull(letters.readAt) : undefined,
        group ? inArray(letters.kind, kinds) : undefined,
        beyond(cursor),
      ),
    )
    .orderBy(...order(cursor))
    .limit(pageSize + 1);
  // The keyset's place is named for requests; a letter's is when it was written.
  const placed = fetched.map((row) => ({ ...row, filedAt: row.writtenAt }));
  const page = cut(placed, pageSize, cursor);
  return { ...page, rows: page.rows.map(asRow) };
}

function asRow(row: typeof letters.$inferSelect): LetterRow {
  const { id, writtenAt, readAt } = row;
  return { ...wordsOf(row), id, writtenAt, isUnread: readAt === null };
}

function beyond(cursor: Cursor | null): SQL | undefined {
  if (!cursor) return undefined;
  const place = sql`(${cursor.filedAt}::timestamptz, ${cursor.id}::uuid)`;
  const row = sql`(${letters.writtenAt}, ${letters.id})`;
  return cursor.direction === 'after' ? sql`${row} < ${place}` : sql`${row} > ${place}`;
}

function order(cursor: Cursor | null): SQL[] {
  return cursor?.direction === 'before'
    ? [sql`${letters.writtenAt} asc`, sql`${letters.id} asc`]
    : [sql`${letters.writtenAt} desc`, sql`${letters.id} desc`];
}

/** Which filter an address names; what is none of them filters nothing. */
export function parseLetterFilter(query: Record<string, string | string[] | undefined>): LetterFilter {
  return {
    unread: query.show === 'unread',
    group: letterGroups.find((group) => group === query.group) ?? null,
  };
}

/** How many are unread, and which of them the viewer's browser is to show now: not in their quiet hours. */
export async function letterNews(viewer: Actor): Promise<LetterNews> {
  const isMine = and(eq(letters.personId, viewer.objectId), isNull(letters.readAt));
  const [latest, [wanted], [counted], now] = await Promise.all([
    db()
      .select()
      .from(letters)
      .where(and(isMine, sql`${letters.writtenAt} > stint_now() - interval '1 hour'`))
      .orderBy(desc(letters.writtenAt))
      .limit(mostShown),
    db().select().from(letterPreferences).where(eq(letterPreferences.personId, viewer.objectId)),
    db()
      .select({ n: sql<number>`count(*)::int` })
      .from(db().select({ one: sql`1` }).from(letters).where(isMine).limit(mostCounted).as('unread')),
    clock(db()),
  ]);
  const preferences = wanted?.preferences ?? usualPreferences;
  const { sends, urgentPasses } = preferences;
  const isQuiet = quietUntil(preferences, now) !== null;
  const shown = latest.filter(
    ({ kind }) => sends[groupOf(kind)].browser && !(isQuiet && !(urgentPasses && isUrgent(kind))),
  );
  return {
    unread: counted?.n ?? 0,
    latest: shown.map((row) => {
      const { subject, lines, path } = wordsOf(row);
      return { id: row.id, subject, line: lines[0] ?? '', path };
    }),
  };
}

/** The viewer's unread letters about a request, by id: who looks at it has read them. */
export async function unreadAbout(viewer: Actor, requestId: string): Promise<string[]> {
  const rows = await db()
    .select({ id: letters.id })
    .from(letters)
    .where(
      and(eq(letters.requestId, requestId), eq(letters.personId, viewer.objectId), isNull(letters.readAt)),
    )
    .limit(mostCounted);
  return rows.map(({ id }) => id);
}
