import { and, asc, desc, eq, sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import { isAbout } from '#db/is-about.ts';
import { auditEntries } from '#db/schema/audit.ts';
import { sessions } from '#db/schema/people.ts';
import { findings } from '#db/schema/posture.ts';
import type { Actor } from '#lib/domain/actor.ts';
import { mayAnswerFindings, mayReadPosture } from '#lib/domain/permission.ts';
import type { FindingStory } from './finding-rows.ts';
import { findingMoments } from './finding-words.ts';

const isId = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/;
const mostAssignees = 200;
const mostEntries = 200;

/** One finding with what people did about it; null for what is not there, or not open to the viewer. */
export async function findingStory(viewer: Actor, id: string): Promise<FindingStory | null> {
  if (!mayReadPosture(viewer) || !isId.test(id)) return null;
  const mayAnswer = mayAnswerFindings(viewer);
  const [[row], now, entries] = await Promise.all([
    db().select().from(findings).where(eq(findings.id, id)),
    clock(db()),
    entriesOf(id),
  ]);
  if (!row) return null;
  const { rank: _, subject: __, assignmentId: ___, acceptedById: ____, ...shown } = row;
  const isOver = row.state === 'accepted' && row.acceptedUntil !== null && row.acceptedUntil <= now;
  return {
    ...shown,
    ...{ now, mayAnswer },
    moments: findingMoments(row, entries),
    state: isOver ? 'open' : row.state,
    assignees: mayAnswer ? await assignees() : [],
    mayAccept: mayAnswer && !(await isAbout(db(), row.principalId, viewer.objectId)),
  };
}

async function entriesOf(id: string) {
  return await db()
    .select()
    .from(auditEntries)
    .where(and(eq(auditEntries.subjectKind, 'finding'), eq(auditEntries.subjectId, id)))
    .orderBy(asc(auditEntries.seq))
    .limit(mostEntries);
}

/** Administrators and auditors, by what Entra said when they last signed in. */
async function assignees(): Promise<{ id: string; name: string }[]> {
  const last = db()
    .selectDistinctOn([sessions.objectId], {
      id: sessions.objectId,
      name: sessions.name,
      roles: sessions.roles,
    })
    .from(sessions)
    .orderBy(sessions.objectId, desc(sessions.createdAt))
    .as('last');
  return await db()
    .select({ id: last.id, name: last.name })
    .from(last)
    .where(sql`${last.roles} @> '["Stint.Administrator"]' or ${last.roles} @> '["Stint.Auditor"]'`)
    .orderBy(asc(last.name), asc(last.id))
    .limit(mostAssignees);
}
