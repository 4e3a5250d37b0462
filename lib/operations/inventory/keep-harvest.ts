import { sql } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { assignments, inventoryParts, memberships, principals, responsibles } from '#db/schema/inventory.ts';
import { mirrorPolicies, mirrorRoles } from '#db/schema/mirror.ts';
import { accessPolicies } from '#db/schema/posture.ts';
import { placeOf } from '#lib/domain/difference.ts';
import type { Harvest, Part, WorkloadSignIn } from '#lib/domain/inventory.ts';
import { keepUseEvents } from '#lib/operations/posture/keep-use-events.ts';
import { keepOutside } from './keep-outside.ts';
import { upsert } from './upsert.ts';

/** Keeps what a page brought, each row under this reading. Twice is once. */
export async function keepHarvest(tx: Tx, runId: string, part: Part, found: Harvest): Promise<void> {
  const { list } = part;
  const seen = { seenIn: runId, firstSeenAt: sql`stint_now()`, goneAt: null };
  await upsert(
    tx,
    principals,
    ['id'],
    found.principals.map((row) => ({ ...row, list, ...seen })),
    // When workloads sign in comes with a list of its own.
    list === 'service_principals' ? { kept: ['lastSignInAt'] } : {},
  );
  await upsert(
    tx,
    responsibles,
    ['principalId', 'responsibleId', 'as'],
    found.responsibles.map((row) => ({ ...row, list, ...seen })),
  );
  await upsert(
    tx,
    memberships,
    ['groupId', 'memberId'],
    found.memberships.map((row) => ({ ...row, ...seen })),
  );
  await upsert(
    tx,
    assignments,
    ['id'],
    found.assignments.map(({ principalName: _, principalKind: __, ...row }) => ({
      ...row,
      id: `${list} ${row.azureId}`.toLowerCase(),
      list,
      // A subscription's list shows what comes from above it, too: that belongs to the place it was made at.
      place: placeOf(row),
      ...seen,
    })),
  );
  await upsert(
    tx,
    mirrorRoles,
    ['plane', 'roleId'],
    found.roles.map((definition) => ({
      plane: definition.plane,
      roleId: definition.id,
      definition,
      isPrivileged: definition.isPrivileged,
      readAt: sql`stint_now()`,
    })),
    // Every subscription shows the built-in ones again.
    { changed: sql`${mirrorRoles.definition} is distinct from excluded.definition` },
  );
  await upsert(
    tx,
    mirrorPolicies,
    ['plane', 'roleId', 'scopeId'],
    found.policies.map((row) => ({ ...row, failure: null, readAt: sql`stint_now()` })),
  );
  await upsert(
    tx,
    accessPolicies,
    ['id'],
    found.accessPolicies.map((facts) => ({ ...facts, facts, list, ...seen })),
  );
  await keepOutside(tx, part, found.outside, seen);
  await keepSignIns(tx, found.signIns);
  await keepUseEvents(tx, 'azure_audit', found.useEvents);
  if (found.parts.length > 0) {
    const parts = found.parts.map((part) => ({ runId, ...part }));
    await tx.insert(inventoryParts).values(parts).onConflictDoNothing();
  }
}

/** Of workloads that are known: their list is read before this one is asked for. */
async function keepSignIns(tx: Tx, signIns: readonly WorkloadSignIn[]): Promise<void> {
  if (signIns.length === 0) return;
  const told = JSON.stringify(signIns);
  await tx.execute(sql`
    update principals set last_sign_in_at = told.at
    from json_to_recordset(${told}::json) as told("appId" text, at timestamptz)
    where principals.app_id = told."appId" and principals.last_sign_in_at is distinct from told.at`);
}
