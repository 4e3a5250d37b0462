import { randomUUID } from 'node:crypto';
import { and, eq, isNull, sql } from 'drizzle-orm';
import { announce } from '#db/changes.ts';
import type { Tx } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import { mirrorEligible } from '#db/schema/mirror.ts';
import { requests } from '#db/schema/requests.ts';
import { differences } from '#db/schema/watch.ts';
import type { ActivationSeen } from '#lib/azure/ports.ts';
import { holdingKey } from '#lib/domain/difference.ts';
import { isLive } from '#lib/domain/request.ts';
import { minutesBetween, plusMinutes } from '#lib/domain/time.ts';
import type { Told } from '#lib/operations/change.ts';
import type { Learned } from './learn-about.ts';

/**
 * Puts an activation that was made outside Stint on record: active, with its window, for the time Azure gives it.
 * From then on it is looked at like any other, also beside a request of the person's own for the role that waits or is to
 * begin later. Nothing when it is on record already.
 */
export async function recordSeen(tx: Tx, seen: ActivationSeen, learned: Learned): Promise<Told[]> {
  const live = await liveOf(tx, seen);
  if (live.some(({ origin, status }) => origin === 'azure' && (status === 'active' || status === 'ending')))
    return [];
  const now = await clock(tx);
  const { plane, roleId, scopeId, roleName, scopeName, scopeKind, principalId } = seen;
  const { name = seen.principalName ?? principalId, told = null } =
    learned.get(holdingKey(principalId, seen)) ?? {};
  const startsAt = seen.startsAt ?? now;
  const endsAt = seen.endsAt && seen.endsAt > startsAt ? seen.endsAt : null;
  const id = randomUUID();
  const eligibilityId = await eligibilityOf(tx, seen);
  const insert = (azureId: string | null) =>
    tx
      .insert(requests)
      .values({
        ...{ id, submissionId: id, origin: 'azure', status: 'active' },
        ...{ requesterId: principalId, requesterName: name },
        ...{ plane, roleId, scopeId, roleName, scopeName, scopeKind },
        eligibilityId,
        justification: told?.justification ?? '',
        ticketNumber: told?.ticketNumber ?? '',
        minutes: endsAt ? Math.max(1, minutesBetween(startsAt, endsAt)) : 60,
        filedAt: told?.askedAt ?? startsAt,
        azureId,
        ...{ startsAt, endsAt, activeAt: now, waitsForEnd: live.length > 0 },
        checkAt: plusMinutes(now, 1),
      })
      .onConflictDoNothing()
      .returning({ id: requests.id });
  let [row] = await insert(told?.azureId ?? null);
  // The log names a request that is on record: then it speaks of another activation, and this one has no name yet.
  if (!row && told?.azureId) [row] = await insert(null);
  if (!row) return [];
  // Where it stood open before, the reading that no longer finds it closes it.
  if (!(await isOpen(tx, seen))) {
    await tx.insert(differences).values({
      ...{ id: randomUUID(), kind: 'filed_elsewhere', requestId: id },
      ...{ plane, roleId, scopeId, roleName, scopeName, scopeKind, principalId, principalName: name },
      firstSeenAt: sql`stint_now()`,
      lastSeenAt: sql`stint_now()`,
      resolvedAt: sql`stint_now()`,
      resolution: 'recorded',
    });
  }
  await announce(tx, [principalId]);
  const details = {
    ...{ plane, roleId, scopeId, roleName, scopeName, principalId, startsAt, endsAt },
    assignmentId: seen.assignmentId,
    ...(told && { justification: told.justification, askedAt: told.askedAt, azureId: told.azureId }),
    where: 'azure',
  };
  return [{ action: 'request.seen_in_azure', subject: { kind: 'request', id }, details }];
}

/** What is live of the person's own for the role, by whatever lists write its place. */
async function liveOf(tx: Tx, { plane, roleId, scopeId, principalId }: ActivationSeen) {
  const own = await tx
    .select({ origin: requests.origin, status: requests.status })
    .from(requests)
    .where(
      and(
        ...[eq(requests.requesterId, principalId), eq(requests.plane, plane), eq(requests.roleId, roleId)],
        eq(sql`lower(${requests.scopeId})`, scopeId.toLowerCase()),
      ),
    );
  // Not by the database, which would go through all that is live for one person's.
  return own.filter(({ status }) => isLive(status));
}

async function isOpen(tx: Tx, { plane, roleId, scopeId, principalId }: ActivationSeen): Promise<boolean> {
  const same = [
    eq(differences.kind, 'filed_elsewhere'),
    eq(differences.principalId, principalId),
    eq(differences.plane, plane),
    eq(differences.roleId, roleId),
    eq(differences.scopeId, scopeId),
  ];
  return (await tx.$count(differences, and(...same, isNull(differences.resolvedAt)))) > 0;
}

/** With it the person can end the activation from Stint too. */
async function eligibilityOf(
  tx: Tx,
  { plane, roleId, scopeId, principalId }: ActivationSeen,
): Promise<string> {
  const [row] = await tx
    .select({ id: mirrorEligible.eligibilityId })
    .from(mirrorEligible)
    .where(
      and(
        eq(mirrorEligible.principalId, principalId),
        eq(mirrorEligible.plane, plane),
        eq(mirrorEligible.roleId, roleId),
        eq(mirrorEligible.scopeId, scopeId),
      ),
    );
  return row?.id ?? '';
}
