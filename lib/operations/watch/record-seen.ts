import { randomUUID } from 'node:crypto';
import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import { among } from '#db/among.ts';
import { announce } from '#db/changes.ts';
import type { Tx } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import { insertNew } from '#db/insert-new.ts';
import { mirrorEligible } from '#db/schema/mirror.ts';
import { requests } from '#db/schema/requests.ts';
import { differences } from '#db/schema/watch.ts';
import type { ActivationSeen } from '#lib/azure/ports.ts';
import { holdingKey } from '#lib/domain/difference.ts';
import type { Plane } from '#lib/domain/plane.ts';
import { liveStatuses } from '#lib/domain/request.ts';
import { minutesBetween, plusMinutes } from '#lib/domain/time.ts';
import type { Told } from '#lib/operations/change.ts';
import { earlier } from '#lib/operations/requests/look-times.ts';
import type { Learned } from './learn-about.ts';
import { seenForMinutes } from './when-to-look.ts';

type Row = typeof requests.$inferInsert & { id: string };

/**
 * Puts activations of a plane that were made outside Stint on record: active, with their window, for the time Azure
 * gives them. From then on each is looked at like any other, also beside a request of the person's own for the role that
 * waits or is to begin later. Answers what is to be told of each; those on record already are left out. A first reading
 * may find thousands: the number of statements does not grow with them.
 */
export async function recordSeen(
  tx: Tx,
  plane: Plane,
  seen: readonly ActivationSeen[],
  learned: Learned,
): Promise<Map<ActivationSeen, Told>> {
  if (seen.length === 0) return new Map();
  const now = await clock(tx);
  const live = await liveOn(tx, plane);
  const eligible = await eligibilitiesOf(tx, plane, seen);
  const rows = new Map<ActivationSeen, Row>();
  for (const one of seen) {
    const key = holdingKey(one.principalId, one);
    const beside = live.get(key);
    if (beside === 'recorded') continue;
    live.set(key, 'recorded');
    const eligibilityId = eligible.get(key) ?? '';
    rows.set(one, { ...rowOf(one, learned, now), eligibilityId, waitsForEnd: beside === 'own' });
  }
  const kept = await insert(tx, [...rows.values()]);
  await noteAsRecorded(tx, plane, [...kept.values()]);
  const people = [...kept.values()].map(({ requesterId }) => requesterId);
  await announce(tx, people);
  return new Map(
    [...rows].flatMap(([one, { id }]) => {
      const row = kept.get(id);
      return row ? [[one, tellingOf(one, row, learned)] as const] : [];
    }),
  );
}

function rowOf(seen: ActivationSeen, learned: Learned, now: Date): Row {
  const { plane, roleId, scopeId, roleName, scopeName, scopeKind, principalId } = seen;
  const { name = seen.principalName ?? principalId, told = null } =
    learned.get(holdingKey(principalId, seen)) ?? {};
  const startsAt = seen.startsAt ?? now;
  const endsAt = seen.endsAt && seen.endsAt > startsAt ? seen.endsAt : null;
  const id = randomUUID();
  return {
    ...{ id, submissionId: id, origin: 'azure', status: 'active' },
    ...{ requesterId: principalId, requesterName: name },
    ...{ plane, roleId, scopeId, roleName, scopeName, scopeKind },
    eligibilityId: '',
    justification: told?.justification ?? '',
    ticketNumber: told?.ticketNumber ?? '',
    minutes: endsAt ? Math.max(1, minutesBetween(startsAt, endsAt)) : 60,
    filedAt: told?.askedAt ?? startsAt,
    azureId: told?.azureId ?? null,
    ...{ startsAt, endsAt, activeAt: now },
    checkAt: earlier(plusMinutes(now, seenForMinutes), endsAt ?? plusMinutes(now, 1)),
  };
}

/** Those that were written, by id. */
async function insert(tx: Tx, rows: readonly Row[]): Promise<Map<string, Row>> {
  const first = await insertNew(tx, requests, rows);
  // The log names a request that is on record: then it speaks of another activation, and this one has no name yet.
  const named = rows.filter(({ id, azureId }) => azureId && !first.has(id));
  const nameless = named.map((row) => ({ ...row, azureId: null }));
  const second = await insertNew(tx, requests, nameless);
  const kept = [...rows.filter(({ id }) => first.has(id)), ...nameless.filter(({ id }) => second.has(id))];
  return new Map(kept.map((row) => [row.id, row]));
}

/** That they were made outside is a difference, and being on record its end. */
async function noteAsRecorded(tx: Tx, plane: Plane, rows: readonly Row[]): Promise<void> {
  const open = await tx
    .select()
    .from(differences)
    .where(
      and(
        eq(differences.plane, plane),
        eq(differences.kind, 'filed_elsewhere'),
        isNull(differences.resolvedAt),
      ),
    );
  // Where it stood open before, the reading that no longer finds it closes it.
  const known = new Set(open.map((row) => holdingKey(row.principalId, row)));
  const fresh = rows.filter((row) => !known.has(holdingKey(row.requesterId, row)));
  const at = sql`stint_now()`;
  await insertNew(
    tx,
    differences,
    fresh.map(({ id, requesterId, requesterName, roleId, scopeId, roleName, scopeName, scopeKind }) => ({
      ...{ id: randomUUID(), kind: 'filed_elsewhere', requestId: id },
      ...{ plane, roleId, scopeId, roleName, scopeName, scopeKind },
      ...{ principalId: requesterId, principalName: requesterName },
      ...{ firstSeenAt: at, lastSeenAt: at, resolvedAt: at, resolution: 'recorded' },
    })),
  );
}

function tellingOf(seen: ActivationSeen, { id, startsAt, endsAt }: Row, learned: Learned): Told {
  const { plane, roleId, scopeId, roleName, scopeName, principalId, assignmentId } = seen;
  const told = learned.get(holdingKey(principalId, seen))?.told;
  const details = {
    ...{ plane, roleId, scopeId, roleName, scopeName, principalId, startsAt, endsAt },
    assignmentId,
    ...(told && { justification: told.justification, askedAt: told.askedAt, azureId: told.azureId }),
    where: 'azure',
  };
  return { action: 'request.seen_in_azure', subject: { kind: 'request', id }, details };
}

/** What is live on the plane, by person and role: on record as seen in Azure, or a request of the person's own. */
async function liveOn(tx: Tx, plane: Plane): Promise<Map<string, 'recorded' | 'own'>> {
  const { requesterId, roleId, scopeId, origin, status } = requests;
  const rows = await tx
    .select({ requesterId, plane: requests.plane, roleId, scopeId, origin, status })
    .from(requests)
    .where(and(eq(requests.plane, plane), inArray(requests.status, [...liveStatuses])));
  const live = new Map<string, 'recorded' | 'own'>();
  for (const row of rows) {
    const key = holdingKey(row.requesterId, row);
    const isSeen = row.origin === 'azure' && (row.status === 'active' || row.status === 'ending');
    if (isSeen || !live.has(key)) live.set(key, isSeen ? 'recorded' : 'own');
  }
  return live;
}

/** With its eligibility a person can end an activation from Stint too. */
async function eligibilitiesOf(
  tx: Tx,
  plane: Plane,
  seen: readonly ActivationSeen[],
): Promise<Map<string, string>> {
  const { principalId, roleId, scopeId, eligibilityId } = mirrorEligible;
  const people = seen.map((one) => one.principalId);
  const rows = await tx
    .select({ principalId, plane: mirrorEligible.plane, roleId, scopeId, eligibilityId })
    .from(mirrorEligible)
    .where(and(eq(mirrorEligible.plane, plane), among(principalId, people)));
  return new Map(rows.map((row) => [holdingKey(row.principalId, row), row.eligibilityId]));
}
