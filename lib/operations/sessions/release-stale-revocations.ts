import { and, isNull, lt, sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { sessionRevocations } from '#db/schema/revocations.ts';
import type { Context } from '#lib/operations/context.ts';
import { finishRevocation } from './finish-revocation.ts';

/**
 * Gives up revocations that nobody works on any more: their token lasted ten minutes. While one is open, the person
 * cannot ask for another.
 */
export async function releaseStaleRevocations(ctx: Context): Promise<void> {
  const { doneAt, askedAt } = sessionRevocations;
  const stale = await db()
    .select()
    .from(sessionRevocations)
    .where(and(isNull(doneAt), lt(askedAt, sql`stint_now() - interval '12 minutes'`)));
  const why = 'Entra did not confirm it in time: your sessions may still be open. Ask again.';
  for (const revocation of stale) await finishRevocation(ctx, revocation, why);
}
