import { and, eq, sql } from 'drizzle-orm';
import { announce, reviewWatchers } from '#db/changes.ts';
import type { Reader, Tx } from '#db/client.ts';
import { accessChanges } from '#db/schema/reviews.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { Changed } from '#lib/operations/change.ts';
import { tellOfEnding } from '#lib/operations/evaluations/tell-of-ending.ts';
import { tellOfStuckEnd } from '#lib/operations/tickets/tell-of-stuck-end.ts';

export type ChangeRecord = typeof accessChanges.$inferSelect;
type Patch = Partial<Omit<typeof accessChanges.$inferInsert, 'id' | 'version' | 'kept'>>;

export async function loadChange(from: Reader, id: string): Promise<ChangeRecord | null> {
  const [row] = await from.select().from(accessChanges).where(eq(accessChanges.id, id));
  return row ?? null;
}

/** For a gate: the change, seen as it is now. @throws Refusal `not_found`. */
export async function mustLoadChange(tx: Tx, id: string): Promise<ChangeRecord> {
  const row = await loadChange(tx, id);
  if (!row) throw new Refusal('not_found');
  return row;
}

/**
 * Moves a change from exactly what was seen, or not at all, and names the audit entry.
 * @throws Refusal `conflict` when someone moved it first.
 */
export async function moveChange(
  tx: Tx,
  seen: ChangeRecord,
  action: string,
  patch: Patch,
  details: Record<string, unknown> = {},
): Promise<Changed<ChangeRecord>> {
  const row = await writeChange(tx, seen, patch);
  if (seen.campaignId) await announce(tx, [reviewWatchers]);
  const { kept, principalId, verb } = seen;
  const what = {
    verb,
    assignmentId: kept.assignmentId,
    principalId,
    role: kept.roleName,
    scope: kept.scopeId,
  };
  return {
    value: row,
    entries: [
      {
        action: `access_change.${action}`,
        subject: { kind: 'access_change', id: seen.id },
        details: { from: seen.state, to: row.state, ...what, ...details },
      },
      ...(await tellOfEnding(tx, row)),
      ...(await tellOfStuckEnd(tx, row)),
    ],
  };
}

/** Bookkeeping that is no step: when it is looked at next, and what was seen meanwhile. Fenced like a move. */
export async function noteChange(tx: Tx, seen: ChangeRecord, patch: Patch): Promise<Changed<ChangeRecord>> {
  return { value: await writeChange(tx, seen, patch), entries: [] };
}

async function writeChange(tx: Tx, seen: ChangeRecord, patch: Patch): Promise<ChangeRecord> {
  const [row] = await tx
    .update(accessChanges)
    .set({ ...patch, version: sql`version + 1` })
    .where(
      and(
        eq(accessChanges.id, seen.id),
        eq(accessChanges.state, seen.state),
        eq(accessChanges.version, seen.version),
      ),
    )
    .returning();
  if (!row) throw new Refusal('conflict');
  return row;
}
