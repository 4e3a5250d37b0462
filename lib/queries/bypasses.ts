import { and, desc, eq, isNotNull, sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { requests } from '#db/schema/requests.ts';
import { accessChanges } from '#db/schema/reviews.ts';
import type { Actor } from '#lib/domain/actor.ts';
import { mayOperate } from '#lib/domain/permission.ts';
import type { BypassEnding, BypassRow } from './evaluation-rows.ts';

const most = 50;

/** Activations that went past Stint's own approval, the last ones; null for whoever does not operate Stint. */
export async function bypasses(viewer: Actor): Promise<BypassRow[] | null> {
  if (!mayOperate(viewer)) return null;
  const rows = await db()
    .select({
      id: requests.id,
      requesterName: requests.requesterName,
      roleName: requests.roleName,
      scopeName: requests.scopeName,
      bypassedAt: requests.bypassedAt,
      status: requests.status,
      change: accessChanges,
    })
    .from(requests)
    .leftJoin(
      accessChanges,
      and(eq(accessChanges.requestId, requests.id), sql`${accessChanges.progress}->>'because' = 'bypassed'`),
    )
    .where(isNotNull(requests.bypassedAt))
    .orderBy(desc(requests.bypassedAt), sql`${requests.id} desc`)
    .limit(most);
  return rows.flatMap(({ bypassedAt, change, ...row }) =>
    bypassedAt ? [{ ...row, bypassedAt, ending: endingOf(change) }] : [],
  );
}

function endingOf(change: typeof accessChanges.$inferSelect | null): BypassEnding | null {
  if (!change || change.state === 'withdrawn') return null;
  const { actedAt, confirmedAt, explanation, outcome, state } = change;
  const took = actedAt && confirmedAt ? (confirmedAt.getTime() - actedAt.getTime()) / 1000 : null;
  const proof = { goneAt: confirmedAt, tookSeconds: took };
  return { state, wasGone: outcome === 'already_gone', explanation, ...proof };
}
