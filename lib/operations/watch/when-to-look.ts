import { and, inArray, sql } from 'drizzle-orm';
import { among } from '#db/among.ts';
import type { Tx } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import { requests } from '#db/schema/requests.ts';
import { graceMinutes } from '#lib/domain/difference.ts';
import { isLive } from '#lib/domain/request.ts';
import { plusMinutes } from '#lib/domain/time.ts';
import { looked } from '#lib/operations/requests/look.ts';
import type { RequestRecord } from '#lib/operations/requests/move.ts';

/** What a reading has seen active is not looked at by itself for so long, or until its end. */
export const seenForMinutes = 5;
/** The reading after the next one may come as late. */
const nearlyDueMinutes = 2;

/**
 * Has these looked at now: the look decides, with its own two misses. Bookkeeping like a lease: it raises no version,
 * so that a look under way still counts.
 */
export async function lookAgain(tx: Tx, rows: readonly RequestRecord[]): Promise<void> {
  const ids = rows.filter(({ status }) => isLive(status)).map(({ id }) => id);
  if (ids.length === 0) return;
  await tx
    .update(requests)
    .set({ checkAt: sql`stint_now()` })
    .where(and(among(requests.id, ids), inArray(requests.status, looked)));
}

/**
 * Has these, just seen active, looked at later: a thousand people at work would be a thousand calls a minute, beside a
 * reading that shows them all. Not what a look has missed, until that is clear, nor what is so young that a reading
 * makes nothing of missing it. Where readings stay away, the looks are back.
 */
export async function lookLater(tx: Tx, rows: readonly RequestRecord[]): Promise<void> {
  const now = await clock(tx);
  const soon = plusMinutes(now, nearlyDueMinutes);
  const grown = plusMinutes(now, -graceMinutes);
  const ids = rows
    .filter(
      ({ misses, checkAt, endsAt }) => misses === 0 && checkAt && checkAt < soon && endsAt && endsAt > soon,
    )
    .filter(({ origin, activeAt }) => origin === 'azure' || (activeAt && activeAt < grown))
    .map(({ id }) => id);
  if (ids.length === 0) return;
  await tx
    .update(requests)
    .set({ checkAt: sql`least(${requests.endsAt}, stint_now() + make_interval(mins => ${seenForMinutes}))` })
    .where(and(among(requests.id, ids), sql`${requests.status} = 'active' and ${requests.misses} = 0`));
}
