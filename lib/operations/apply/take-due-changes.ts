import { and, eq, inArray, lte, type SQL, sql } from 'drizzle-orm';
import { type Tx, transaction } from '#db/client.ts';
import { enqueue } from '#db/queue.ts';
import { accessChanges } from '#db/schema/reviews.ts';
import { change } from '#lib/operations/change.ts';
import type { Context } from '#lib/operations/context.ts';
import { moveChange } from './move-change.ts';

/** A job that was handed out and left no trace is due again after this. */
const leaseSeconds = 120;
/** At most so many at once: what a bulk asks for must not keep the others waiting. */
const mostAtOnce = 20;
/** A process that acts as the Applier says every ten seconds that it is there. */
const silentSeconds = 45;

/**
 * Hands what is due to the Applier, while there is one, and to those who look. The lease brings it back. What is about
 * one of Stint's own registrations (`stints`: their application ids) is refused here: the Applier does not know them all.
 */
export async function takeDueChanges(
  ctx: Context,
  stints: readonly string[],
  traceId: () => string,
): Promise<number> {
  // Whoever decides a change need not know when it is due: it is due at once.
  await transaction((tx) =>
    tx.execute(
      sql`update access_changes set check_at = stint_now() where state = 'waiting' and check_at is null`,
    ),
  );
  await refuseStints(ctx, stints);
  return transaction(async (tx) => {
    const acts = (await isThere(tx))
      ? await take(
          tx,
          'apply',
          and(inArray(accessChanges.state, ['waiting', 'applying']), sql`not ${isOf(stints)}`),
          traceId,
        )
      : 0;
    const looks = inArray(accessChanges.state, ['confirming', 'blocked', 'held']);
    return acts + (await take(tx, 'prove', looks, traceId));
  });
}

/** Of one of these registrations, or of a group with one of them in it. */
const isOf = (stints: readonly string[]) => sql`access_changes.principal_id in (
  with own as (select id from principals where lower(app_id) in (
    select lower(jsonb_array_elements_text(${JSON.stringify(stints)}::jsonb))))
  select id from own union select group_id from effective_members where member_id in (select id from own))`;

function refuseStints(ctx: Context, stints: readonly string[]): Promise<unknown> {
  return change(
    ctx,
    (tx) =>
      tx
        .select()
        .from(accessChanges)
        .where(
          and(eq(accessChanges.state, 'waiting'), lte(accessChanges.checkAt, sql`stint_now()`), isOf(stints)),
        )
        .limit(mostAtOnce),
    async (tx, rows) => {
      const explanation = 'This is Stint’s own access. Stint never changes it; do it by hand.';
      const patch = { state: 'refused', outcome: 'not_allowed', explanation, checkAt: null } as const;
      const entries = [];
      for (const row of rows)
        entries.push(...(await moveChange(tx, row, 'refused', patch, { explanation })).entries);
      return { value: null, entries };
    },
  );
}

async function isThere(tx: Tx): Promise<boolean> {
  const result = await tx.execute(
    sql`select 1 from heartbeats where name = 'applier'
      and beat_at > now() - make_interval(secs => ${silentSeconds})`,
  );
  return (result as unknown as { rows: unknown[] }).rows.length > 0;
}

async function take(
  tx: Tx,
  job: 'apply' | 'prove',
  which: SQL | undefined,
  traceId: () => string,
): Promise<number> {
  const due = await tx
    .select({ id: accessChanges.id, version: accessChanges.version })
    .from(accessChanges)
    .where(and(lte(accessChanges.checkAt, sql`stint_now()`), which))
    .orderBy(accessChanges.checkAt)
    .limit(mostAtOnce)
    .for('update', { skipLocked: true });
  if (due.length === 0) return 0;
  await tx
    .update(accessChanges)
    .set({ checkAt: sql`stint_now() + make_interval(secs => ${leaseSeconds})` })
    .where(
      inArray(
        accessChanges.id,
        due.map(({ id }) => id),
      ),
    );
  for (const { id, version } of due) await enqueue(tx, job, { changeId: id, version, traceId: traceId() });
  return due.length;
}
