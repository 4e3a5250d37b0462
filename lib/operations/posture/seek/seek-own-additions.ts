import { and, isNull, sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { inventoryRuns } from '#db/schema/inventory.ts';
import { outsideRoles } from '#db/schema/posture.ts';
import { ownAddition } from '#lib/domain/findings/own-registration.ts';
import type { Search, Sight } from './sight.ts';

/** What was added to Stint's own registrations: they are few, and so is what hangs on them. */
export async function* seekOwnAdditions({ own, now }: Sight): Search {
  if (own.length === 0) return;
  // When both the list and the registration had been read to the end for the first time: what came later is new.
  const knownSince = sql<Date | null>`(
    select min(run.finished_at) from inventory_runs run where run.kind = 'full' and run.finished_at >= greatest(
      (select min(first.first_seen_at) from outside_roles first
        where first.kind = ${outsideRoles.kind} and first.list = ${outsideRoles.list}),
      (select min(p.first_seen_at) from principals p where p.app_id = lower(${outsideRoles.details}->>'appId'))))`;
  const rows = await db()
    .select({ row: outsideRoles, knownSince: knownSince.mapWith(inventoryRuns.finishedAt) })
    .from(outsideRoles)
    .where(and(isNull(outsideRoles.goneAt), sql`lower(${outsideRoles.details}->>'appId') in ${[...own]}`));
  yield rows.flatMap(({ row, knownSince: since }) => {
    const { kind, azureId, principalId, principalName, what, startsAt, endsAt, firstSeenAt } = row;
    const facts = { kind, azureId, principalId, principalName, what, startsAt, endsAt, firstSeenAt };
    return ownAddition({ ...facts, registration: row.targetName, knownSince: since }, now) ?? [];
  });
}
