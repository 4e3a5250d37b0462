/** What an engine under test is asked about changes of access. */
import { randomUUID } from 'node:crypto';
import { asc, desc, eq, sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { auditEntries } from '#db/schema/audit.ts';
import { accessChanges, applierSwitches } from '#db/schema/reviews.ts';
import type { AssignmentKept, ChangeVerb } from '#lib/domain/access-change.ts';
import { planes } from '#lib/domain/plane.ts';

export const changeVerbs = {
  async switchesOn() {
    const by = { switchedById: 'test', switchedByName: 'Test', switchedAt: new Date() };
    for (const plane of planes)
      await db()
        .insert(applierSwitches)
        .values({ plane, scopeId: '/', ...by });
  },

  async asksChange(kept: AssignmentKept, verb: ChangeVerb) {
    const id = randomUUID();
    const { plane, principalId, scopeId } = kept;
    await db()
      .insert(accessChanges)
      .values({
        ...{ id, verb, way: 'assignment', state: 'waiting', kept, plane, principalId, scopeId },
        ...{ askedById: 'test', askedByName: 'Test', askedAt: sql`stint_now()` },
      });
    return id;
  },

  /** In the order they were asked, of one moment the removal first, each with what is on record of it. */
  async changes() {
    const rows = await db()
      .select()
      .from(accessChanges)
      .orderBy(asc(accessChanges.askedAt), desc(accessChanges.verb));
    return Promise.all(
      rows.map(async ({ explanation, id, outcome, state }) => {
        const entries = await db()
          .select({ action: auditEntries.action })
          .from(auditEntries)
          .where(eq(auditEntries.subjectId, id));
        const actions = entries.map(({ action }) => action.replace('access_change.', ''));
        return { id, state, outcome, explanation, actions };
      }),
    );
  },
};
