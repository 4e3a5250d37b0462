import { and, gt, inArray, sql } from 'drizzle-orm';
import { announce } from '#db/changes.ts';
import { db } from '#db/client.ts';
import { mirrorLocks } from '#db/schema/locks.ts';
import { AzureFault } from '#lib/azure/faults.ts';
import type { ReaderPort } from '#lib/azure/ports.ts';
import type { RoleAtScope } from '#lib/domain/assignment.ts';
import { type Lock, subscriptionOf } from '#lib/domain/lock.ts';
import { change } from '#lib/operations/change.ts';
import type { Context } from '#lib/operations/context.ts';

/** Locks read less long ago are not read again: they warn, and decide nothing. */
const freshMinutes = 5;

/**
 * As the Reader: the locks over what a person may activate in Azure. A lock keeps Azure from taking an assignment away
 * at its end, which is said before one asks. What may not be read is not known, and warns of nothing.
 */
export async function learnLocks(
  ctx: Context,
  principalId: string,
  roles: readonly RoleAtScope[],
  reader: ReaderPort,
): Promise<void> {
  const azure = roles.filter(({ plane }) => plane === 'azure');
  const wanted = [...new Set(azure.flatMap(({ scopeId }) => subscriptionOf(scopeId) ?? []))];
  if (wanted.length === 0) return;
  const fresh = await db()
    .select({ id: mirrorLocks.subscriptionId })
    .from(mirrorLocks)
    .where(
      and(
        inArray(mirrorLocks.subscriptionId, wanted),
        gt(mirrorLocks.readAt, sql`stint_now() - make_interval(mins => ${freshMinutes})`),
      ),
    );
  const known = new Set(fresh.map(({ id }) => id));
  const read: { subscriptionId: string; locks: Lock[] }[] = [];
  for (const subscriptionId of wanted.filter((id) => !known.has(id))) {
    try {
      read.push({ subscriptionId, locks: await reader.locks(subscriptionId) });
    } catch (error) {
      if (!(error instanceof AzureFault) || error.retry === 'later') throw error;
    }
  }
  if (read.length === 0) return;
  await change(
    ctx,
    async () => null,
    async (tx) => {
      for (const { subscriptionId, locks } of read) {
        const row = { locks, readAt: sql`stint_now()` };
        await tx
          .insert(mirrorLocks)
          .values({ subscriptionId, ...row })
          .onConflictDoUpdate({ target: mirrorLocks.subscriptionId, set: row });
      }
      await announce(tx, [principalId]);
      return { value: null, entries: [] };
    },
  );
}
