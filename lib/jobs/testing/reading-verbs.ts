import { eq, isNotNull, isNull } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { auditEntries } from '#db/schema/audit.ts';
import { assignments, inventoryRuns } from '#db/schema/inventory.ts';
import { useCoverage, useEvents } from '#db/schema/posture.ts';
import { askReading } from '#lib/operations/inventory/begin-reading.ts';
import { administrator } from './review-verbs.ts';

const onRecord = (action: string) => db().$count(auditEntries, eq(auditEntries.action, action));

/** What tests that kill an engine ask of its readings of the tenant, and of archives. */
export const readingVerbs = {
  async readNow() {
    await askReading(administrator);
  },

  /** Readings: how many came to their end, go on, and are on record. */
  async readings() {
    return {
      finished: await db().$count(inventoryRuns, isNotNull(inventoryRuns.finishedAt)),
      open: await db().$count(inventoryRuns, isNull(inventoryRuns.finishedAt)),
      onRecord: await onRecord('inventory.read'),
    };
  },

  /** Who holds what, as the inventory says; sorted. */
  async known() {
    const rows = await db().select().from(assignments).where(isNull(assignments.goneAt));
    return rows
      .map(({ plane, principalId, roleName, scopeId, kind }) =>
        [plane, principalId, roleName, scopeId, kind].join(' ').toLowerCase(),
      )
      .toSorted();
  },

  /** What came of archives: events, times covered, imports on record. */
  async archived() {
    return {
      events: await db().$count(useEvents, eq(useEvents.source, 'archive')),
      covered: await db().$count(useCoverage, eq(useCoverage.source, 'archive')),
      begun: await onRecord('archive.begun'),
      imported: await onRecord('archive.imported'),
    };
  },
};
