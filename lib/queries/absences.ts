import { and, asc, desc, eq, gt, isNull, ne, sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import { absences } from '#db/schema/approvals.ts';
import type { Actor } from '#lib/domain/actor.ts';
import { mayAdminister } from '#lib/domain/permission.ts';
import type { AbsenceRow, Absences } from './absence-rows.ts';

const mostShown = 20;
const mostForAdministrators = 200;

/** When the viewer is and was away, for whom they stand in, and for administrators everybody who is or will be away. */
export async function absencesFor(viewer: Actor): Promise<Absences> {
  const me = viewer.objectId;
  const open = and(isNull(absences.endedAt), gt(absences.endsAt, sql`stint_now()`));
  const listed = (where: ReturnType<typeof and>, most: number) =>
    db().select().from(absences).where(where).orderBy(asc(absences.startsAt), asc(absences.id)).limit(most);
  const [now, mine, standsIn, all] = await Promise.all([
    clock(db()),
    db()
      .select()
      .from(absences)
      .where(eq(absences.personId, me))
      .orderBy(desc(absences.startsAt), asc(absences.id))
      .limit(mostShown),
    listed(and(open, eq(absences.deputyId, me)), mostShown),
    mayAdminister(viewer) ? listed(and(open, ne(absences.personId, me)), mostForAdministrators) : null,
  ]);
  const row = asRow(now);
  return { now, mine: mine.map(row), standsIn: standsIn.map(row), all: all?.map(row) ?? null };
}

const asRow =
  (now: Date) =>
  ({ endedAt, ...one }: typeof absences.$inferSelect): AbsenceRow => {
    const { id, personName, deputyName, startsAt, note, personId, setById, setByName } = one;
    const isOver = endedAt !== null || one.endsAt <= now;
    return {
      ...{ id, personName, deputyName, startsAt, endsAt: endedAt ?? one.endsAt, note },
      setByName: setById === personId ? null : setByName,
      state: isOver ? 'over' : startsAt <= now ? 'now' : 'coming',
    };
  };
