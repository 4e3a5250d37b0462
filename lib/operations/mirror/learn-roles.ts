import { and, eq, gt, inArray, sql } from 'drizzle-orm';
import { announce } from '#db/changes.ts';
import { db } from '#db/client.ts';
import { failPoint } from '#db/fail-points.ts';
import { mirrorEligible, mirrorPolicies, mirrorRoles } from '#db/schema/mirror.ts';
import { people } from '#db/schema/people.ts';
import { requestApprovers, requests } from '#db/schema/requests.ts';
import { AzureFault } from '#lib/azure/faults.ts';
import type { ReaderPort } from '#lib/azure/ports.ts';
import { type RoleAtScope, roleKey } from '#lib/domain/assignment.ts';
import type { PolicyFacts } from '#lib/domain/policy.ts';
import type { RoleDefinition } from '#lib/domain/role-definition.ts';
import { change } from '#lib/operations/change.ts';
import type { Context } from '#lib/operations/context.ts';
import { learnLocks } from './learn-locks.ts';
import { rolesAwaiting } from './refresh-approvals.ts';

/** Facts younger than this are not read again; PIM itself decides at activation. */
const freshMinutes = 5;
const atOnce = 6;

/**
 * As the Reader: the policies and role definitions of what a person is eligible for or is asked to decide.
 * Engineers may not read Entra's policies themselves; they are shown only those of their own eligibilities.
 */
export async function learnRoles(ctx: Context, principalId: string, reader: ReaderPort): Promise<void> {
  await learnThese(ctx, principalId, await rolesOf(principalId), reader);
  await meetRequesters(ctx, principalId, reader);
}

/** The same of one role at a place below where the person is eligible: PIM may have other rules there. */
export async function learnPlace(
  ctx: Context,
  { principalId, plane, roleId, scopeId }: RoleAtScope & { principalId: string },
  reader: ReaderPort,
): Promise<void> {
  await learnThese(ctx, principalId, [{ plane, roleId, scopeId }], reader);
}

async function learnThese(
  ctx: Context,
  principalId: string,
  wanted: RoleAtScope[],
  reader: ReaderPort,
): Promise<void> {
  const fresh = await freshKeys(wanted);
  const missing = wanted.filter((role) => !fresh.has(roleKey(role)));
  for (let at = 0; at < missing.length; at += atOnce) {
    const batch = missing.slice(at, at + atOnce);
    const learned = await Promise.all(batch.map(async (role) => ({ role, ...(await learn(role, reader)) })));
    failPoint('learn-roles:after-read');
    await change(
      ctx,
      async () => null,
      async (tx) => {
        for (const { role, policy, definition } of learned) {
          const readAt = sql`stint_now()`;
          const row = { failure: policy.failure, ...(policy.wasRead && { facts: policy.facts, readAt }) };
          await tx
            .insert(mirrorPolicies)
            .values({ ...role, facts: null, readAt: sql`'epoch'`, ...row })
            .onConflictDoUpdate({
              target: [mirrorPolicies.plane, mirrorPolicies.roleId, mirrorPolicies.scopeId],
              set: row,
            });
          if (!definition) continue;
          const known = { definition, isPrivileged: definition.isPrivileged, readAt: sql`stint_now()` };
          await tx
            .insert(mirrorRoles)
            .values({ plane: role.plane, roleId: role.roleId, ...known })
            .onConflictDoUpdate({ target: [mirrorRoles.plane, mirrorRoles.roleId], set: known });
        }
        await announce(tx, [principalId]);
        return { value: null, entries: [] };
      },
    );
  }
  await learnLocks(ctx, principalId, wanted, reader);
  await meetRequesters(ctx, principalId, reader);
}

async function rolesOf(principalId: string): Promise<RoleAtScope[]> {
  const eligible = await db()
    .select({ plane: mirrorEligible.plane, roleId: mirrorEligible.roleId, scopeId: mirrorEligible.scopeId })
    .from(mirrorEligible)
    .where(eq(mirrorEligible.principalId, principalId));
  const all = new Map(
    [...eligible, ...(await rolesAwaiting(principalId))].map((role) => [roleKey(role), role]),
  );
  return [...all.values()];
}

async function freshKeys(wanted: RoleAtScope[]): Promise<Set<string>> {
  const ids = [...new Set(wanted.map((role) => role.roleId))];
  if (ids.length === 0) return new Set();
  const rows = await db()
    .select({ plane: mirrorPolicies.plane, roleId: mirrorPolicies.roleId, scopeId: mirrorPolicies.scopeId })
    .from(mirrorPolicies)
    .where(
      and(
        inArray(mirrorPolicies.roleId, ids),
        gt(mirrorPolicies.readAt, sql`stint_now() - make_interval(mins => ${freshMinutes})`),
      ),
    );
  return new Set(rows.map(roleKey));
}

interface Learned {
  /** Not read: what was known before stands, and the next refresh asks again. */
  policy: { wasRead: boolean; facts: PolicyFacts | null; failure: string | null };
  definition: RoleDefinition | null;
}

/** Each by itself: what one may not read says nothing about the other. */
async function learn(role: RoleAtScope, reader: ReaderPort): Promise<Learned> {
  const [facts, definition] = await Promise.all([
    readable(reader.policy(role)),
    readable(reader.roleDefinition(role)),
  ]);
  return {
    policy:
      facts instanceof AzureFault
        ? {
            wasRead: false,
            facts: null,
            failure: `The Reader identity could not read it (${facts.code || facts.kind}).`,
          }
        : { wasRead: true, facts, failure: facts ? null : 'Azure has no policy here.' },
    definition: definition instanceof AzureFault ? null : definition,
  };
}

/** What was read, or the fault that says it will not be. @throws AzureFault that may be tried again. */
async function readable<T>(reading: Promise<T>): Promise<T | AzureFault> {
  try {
    return await reading;
  } catch (error) {
    if (!(error instanceof AzureFault) || error.retry === 'later') throw error;
    return error;
  }
}

/** Names, titles and guest marks of those who wait for this person, for the card. */
async function meetRequesters(ctx: Context, approverId: string, reader: ReaderPort): Promise<void> {
  const waiting = await db()
    .selectDistinct({ id: requests.requesterId })
    .from(requests)
    .innerJoin(requestApprovers, eq(requestApprovers.requestId, requests.id))
    .leftJoin(
      people,
      and(eq(people.objectId, requests.requesterId), gt(people.seenAt, sql`stint_now() - interval '1 day'`)),
    )
    .where(
      and(
        eq(requestApprovers.approverId, approverId),
        eq(requests.status, 'awaiting_approval'),
        sql`${people.jobTitle} is null`,
      ),
    );
  if (waiting.length === 0) return;
  const found = await reader.people(waiting.map((row) => row.id));
  await change(
    ctx,
    async () => null,
    async (tx) => {
      for (const { id, name, upn, kind, jobTitle, department } of found) {
        const facts = { name, upn, kind, jobTitle, department, seenAt: sql`stint_now()` };
        await tx
          .insert(people)
          .values({ objectId: id, ...facts })
          .onConflictDoUpdate({ target: people.objectId, set: facts });
      }
      await announce(tx, [approverId]);
      return { value: null, entries: [] };
    },
  );
}
