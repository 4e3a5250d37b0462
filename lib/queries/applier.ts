import { and, desc, eq, inArray, type SQL, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { db } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import { isNotOwn } from '#db/own-access.ts';
import { heartbeats } from '#db/schema/clock.ts';
import { principals } from '#db/schema/inventory.ts';
import { accessChanges, applierSwitches } from '#db/schema/reviews.ts';
import { isAskedBy, needsSecondPerson } from '#db/second-person.ts';
import type { ChangeState } from '#lib/domain/access-change.ts';
import { isPreviewed, tookAway } from '#lib/domain/access-change.ts';
import type { Actor } from '#lib/domain/actor.ts';
import { mayWithdraw } from '#lib/domain/may-withdraw.ts';
import { mayOperate } from '#lib/domain/permission.ts';
import { plusMinutes } from '#lib/domain/time.ts';
import type { ApplierPage, ChangeRow, ChangeView } from './applier-rows.ts';
import { type Cursor, cut, readCursor } from './keyset.ts';

const pageSize = 50;
const silentSeconds = 45;
const undoDays = 30;

const statesOf: Record<ChangeView, readonly ChangeState[] | null> = {
  all: null,
  held: ['held'],
  open: ['waiting', 'applying', 'confirming'],
  by_hand: ['blocked'],
  done: ['done'],
  not_done: ['refused', 'withdrawn'],
};

/** How the Applier is, where it may act, and every change it was given; null for whoever does not operate Stint. */
export async function applier(
  viewer: Actor,
  view: ChangeView,
  cursorText: string | null,
  size = pageSize,
): Promise<ApplierPage | null> {
  if (!mayOperate(viewer)) return null;
  const cursor = readCursor(cursorText);
  const [now, [beat], switches] = await Promise.all([
    clock(db()),
    db()
      .select({
        at: sql<string | Date>`stint_now() - (now() - ${heartbeats.beatAt})`,
        isThere: sql<boolean>`now() - ${heartbeats.beatAt} < make_interval(secs => ${silentSeconds})`,
      })
      .from(heartbeats)
      .where(eq(heartbeats.name, 'applier')),
    db().select().from(applierSwitches).orderBy(applierSwitches.plane, applierSwitches.scopeId),
  ]);
  const changes = cut(await read(viewer, view, cursor, size), size, cursor);
  return {
    now,
    beatAt: beat ? new Date(beat.at) : null,
    isThere: beat?.isThere ?? false,
    switches: switches.map(({ switchedById: _, ...row }) => row),
    changes: { ...changes, rows: changes.rows.map((row) => rowOf(row, now)) },
  };
}

const groups = alias(principals, 'groups');

function read(viewer: Actor, view: ChangeView, cursor: Cursor | null, size: number) {
  const states = statesOf[view];
  const back = cursor?.direction === 'before';
  const [at, id] = [accessChanges.askedAt, accessChanges.id];
  const order = back ? [sql`${at} asc`, sql`${id} asc`] : [desc(at), desc(id)];
  return db()
    .select({
      change: accessChanges,
      principalName: principals.name,
      groupName: groups.name,
      isUndone: sql<boolean>`exists (select 1 from access_changes u where u.undoes_id = ${id}
        and u.state not in ('withdrawn', 'refused'))`,
      // The operations ask the same: nothing is offered that they refuse.
      isNotOwn: sql<boolean>`${isNotOwn(sql`${accessChanges.principalId}`, sql`${viewer.objectId}`)}`,
      needsSecond: needsSecondPerson(),
      isOwn: isAskedBy(sql`${viewer.objectId}`),
      filedAt: at,
      id,
    })
    .from(accessChanges)
    .leftJoin(principals, eq(principals.id, accessChanges.principalId))
    .leftJoin(groups, eq(groups.id, accessChanges.wayGroupId))
    .where(and(states ? inArray(accessChanges.state, [...states]) : undefined, beyond(cursor)))
    .orderBy(...order)
    .limit(size + 1);
}

function beyond(cursor: Cursor | null): SQL | undefined {
  if (!cursor) return undefined;
  const place = sql`(${cursor.filedAt}::timestamptz, ${cursor.id}::uuid)`;
  const row = sql`(${accessChanges.askedAt}, ${accessChanges.id})`;
  return cursor.direction === 'after' ? sql`${row} < ${place}` : sql`${row} > ${place}`;
}

type Read = Awaited<ReturnType<typeof read>>[number];

function rowOf(
  { change, groupName, isNotOwn: mayTouch, isOwn, isUndone, needsSecond, principalName }: Read,
  now: Date,
): ChangeRow {
  const { actedAt, confirmedAt, kept, progress, state, verb } = change;
  const took = tookAway(change.outcome);
  const isFresh = confirmedAt !== null && now <= plusMinutes(confirmedAt, undoDays * 1440);
  const needsAnother = state === 'held' && needsSecond && isOwn;
  return {
    id: change.id,
    requestId: change.requestId,
    ...{ plane: kept.plane, kind: kept.kind, verb, way: change.way, state, outcome: change.outcome },
    ...{ roleName: kept.roleName, scopeName: kept.scopeName, scopeKind: kept.scopeKind },
    groupName: change.way === 'membership' ? (groupName ?? change.wayGroupId) : null,
    principalName: principalName ?? (change.way === 'membership' ? change.principalId : kept.principalName),
    ...{ explanation: change.explanation, manualCommand: change.manualCommand },
    ...{
      askedByName: change.askedByName,
      askedAt: change.askedAt,
      because: progress.because ?? null,
      approvedByName: change.approvedByName,
    },
    confirmedAt,
    tookSeconds:
      actedAt && confirmedAt
        ? Math.max(0, Math.round((confirmedAt.getTime() - actedAt.getTime()) / 1000))
        : null,
    eligibleUntil: progress.eligible_until ? new Date(progress.eligible_until) : null,
    endsAt: progress.ends_at ? new Date(progress.ends_at) : null,
    policy: verb === 'restore' ? (progress.policy ?? null) : null,
    needsAnother,
    can: {
      release: state === 'held' && !needsAnother && isPreviewed(change) && mayTouch,
      tryAgain: state === 'blocked' && mayTouch,
      withdraw: mayWithdraw(change) && mayTouch,
      undo: state === 'done' && took && isFresh && !isUndone && mayTouch && change.requestId === null,
    },
  };
}
