import { and, asc, desc, eq, inArray } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import { occurrencesAhead } from '#db/on-call-ahead.ts';
import { onCallOccurrences, onCallWindows } from '#db/schema/on-call.ts';
import { requests } from '#db/schema/requests.ts';
import type { Actor } from '#lib/domain/actor.ts';
import { isUsable } from './on-call-now.ts';
import type { OccurrenceRow, WindowRow } from './on-call-rows.ts';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const mostWindows = 50;
const mostShown = 4;
const mostOfOne = 100;

/** The viewer's on-call windows, those that run first, with what comes next of each and what was last. */
export async function myWindows(viewer: Actor): Promise<{ now: Date; rows: WindowRow[] }> {
  const now = await clock(db());
  const windows = await db()
    .select()
    .from(onCallWindows)
    .where(eq(onCallWindows.personId, viewer.objectId))
    .orderBy(desc(onCallWindows.createdAt), desc(onCallWindows.id))
    .limit(mostWindows);
  const rows = await withOccurrences(viewer, windows, now, mostShown);
  const rank = ({ status }: WindowRow) => (status === 'ended' ? 1 : 0);
  return { now, rows: rows.toSorted((one, other) => rank(one) - rank(other)) };
}

/** One window with all of its times; null when it is not there or not the viewer's. */
export async function myWindow(viewer: Actor, id: string): Promise<{ now: Date; window: WindowRow } | null> {
  if (!uuid.test(id)) return null;
  const found = await db()
    .select()
    .from(onCallWindows)
    .where(and(eq(onCallWindows.id, id), eq(onCallWindows.personId, viewer.objectId)));
  const now = await clock(db());
  const [window] = await withOccurrences(viewer, found, now, mostOfOne);
  return window ? { now, window } : null;
}

async function withOccurrences(
  viewer: Actor,
  windows: (typeof onCallWindows.$inferSelect)[],
  now: Date,
  most: number,
): Promise<WindowRow[]> {
  if (windows.length === 0) return [];
  const of = inArray(
    onCallOccurrences.windowId,
    windows.map(({ id }) => id),
  );
  const [times, asked, near] = await Promise.all([
    db().select().from(onCallOccurrences).where(of).orderBy(asc(onCallOccurrences.startsAt)),
    db()
      .select({
        id: requests.id,
        occurrenceId: requests.occurrenceId,
        roleName: requests.roleName,
        scopeName: requests.scopeName,
        status: requests.status,
      })
      .from(requests)
      .innerJoin(onCallOccurrences, eq(onCallOccurrences.id, requests.occurrenceId))
      .where(of)
      .orderBy(asc(requests.filedAt), asc(requests.id)),
    occurrencesAhead(db(), viewer.objectId),
  ]);
  const usable = new Set(near.filter(isUsable).map(({ id }) => id));
  return windows.map(({ personId, personName, createdAt, ...window }) => {
    const own = times
      .filter(({ windowId }) => windowId === window.id)
      .map(
        ({ id, startsAt, endsAt, state, refusal }): OccurrenceRow => ({
          ...{ id, startsAt, endsAt, state, refusal, usable: usable.has(id) },
          requests: asked
            .filter(({ occurrenceId }) => occurrenceId === id)
            .map(({ occurrenceId, ...request }) => request),
        }),
      );
    return {
      ...window,
      ahead: own.filter(({ endsAt }) => endsAt > now).slice(0, most),
      past: own
        .filter(({ endsAt }) => endsAt <= now)
        .toReversed()
        .slice(0, most),
    };
  });
}
