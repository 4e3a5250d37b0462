/** A small tenant for tests of approvals: a requester, approvers, a group of them, owners, and who is away. */
import { randomUUID } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { empty } from '#db/empty.ts';
import { absences, linkedAccounts } from '#db/schema/approvals.ts';
import {
  assignments,
  inventoryParts,
  inventoryRuns,
  principals,
  responsibles,
} from '#db/schema/inventory.ts';
import { mirrorRoles } from '#db/schema/mirror.ts';
import { effectiveMembers } from '#db/schema/posture.ts';
import { testTenant } from '#db/testing.ts';
import type { AppRole } from '#lib/domain/actor.ts';
import type { ApprovalPolicy, ApproverSet } from '#lib/domain/approval-policy.ts';
import { testId } from '#lib/domain/approval-testing.ts';
import { asPerson, type PersonContext } from '#lib/operations/context.ts';

const seen = { seenIn: randomUUID(), firstSeenAt: new Date('2026-01-01') };

export const ids = {
  ...{ ada: testId(1), bo: testId(2), cy: testId(3), dana: testId(4), adaAdmin: testId(5), eli: testId(6) },
  group: testId(900),
};
export type Who = keyof typeof ids;

export const as = (who: Who, ...roles: AppRole[]): PersonContext =>
  asPerson(
    { tenantId: testTenant, objectId: ids[who], name: who, upn: `${who}@contoso.example`, roles },
    'trace',
  );
export const administrator = as('dana', 'Stint.Administrator');
export const strangers = [as('ada'), as('bo', 'Stint.Auditor', 'Stint.Reviewer')];

export const group: ApproverSet = { is: 'group', id: ids.group, name: 'sg-approvers' };
export const named = (who: Who): ApproverSet => ({ is: 'person', id: ids[who], name: who });

/** Everybody with an account, nobody in anything; read to its end. */
export async function tenant(): Promise<void> {
  await empty(`mirror_roles approval_policies linked_accounts unlinked_accounts absences duty_overrides duty_schedules
    effective_members memberships responsibles assignments principals inventory_parts inventory_runs
    scope_tree child_scopes`);
  await reading();
  for (const [name, id] of Object.entries(ids)) {
    const kind = id === ids.group ? 'group' : 'member';
    await db()
      .insert(principals)
      .values({ id, kind, name, enabled: true, list: 'users', ...seen });
  }
}

/** A reading that saw who is in the group, though nobody is. */
export async function groupIsRead(): Promise<void> {
  const [run] = await db().select().from(inventoryRuns).limit(1);
  if (!run) throw new Error('nothing was read');
  await db()
    .insert(inventoryParts)
    .values({ runId: run.id, list: 'members', place: ids.group, state: 'done' });
}

export async function reading(hoursAgo = 0): Promise<void> {
  const at = sql`stint_now() - make_interval(hours => ${hoursAgo})`;
  await db()
    .insert(inventoryRuns)
    .values({ id: randomUUID(), startedAt: at, finishedAt: at, goneOnAt: sql`now()` });
}

export async function inGroup(...people: Who[]): Promise<void> {
  const rows = people.map((who) => ({ groupId: ids.group, memberId: ids[who], through: [] }));
  await db().insert(effectiveMembers).values(rows);
}

export async function answersFor(who: Who, of: string, as: 'manager' | 'owner'): Promise<void> {
  await db()
    .insert(responsibles)
    .values({ principalId: of, responsibleId: ids[who], as, list: 'users', ...seen });
}

export async function owns(
  who: Who,
  scopeId: string,
  kind: 'standing' | 'eligible' | 'activated' = 'standing',
): Promise<void> {
  await db()
    .insert(assignments)
    .values({
      ...{ id: randomUUID(), list: 'azure_active', place: '/subscriptions/s1', plane: 'azure', kind },
      roleId:
        '/subscriptions/s1/providers/Microsoft.Authorization/roleDefinitions/8E3AF657-a8ff-443c-a75c-2fe8c4bcb635',
      ...{ roleName: 'Owner', scopeId, scopeName: scopeId, scopeKind: 'subscription' },
      ...{ principalId: ids[who], azureId: randomUUID(), ...seen },
    });
}

/** An Azure role whose definition was read: it can do this, and no more. */
export async function roleCan(roleId: string, ...actions: string[]): Promise<void> {
  const definition = {
    ...{ plane: 'azure' as const, id: roleId, name: roleId, description: '', isBuiltIn: true },
    ...{ isPrivileged: null, actions, notActions: [], dataActions: [], notDataActions: [] },
  };
  await db().delete(mirrorRoles).where(eq(mirrorRoles.roleId, roleId));
  await db().insert(mirrorRoles).values({ plane: 'azure', roleId, definition, readAt: new Date() });
}

export async function isAway(who: Who, deputy: Who | null, hours: [number, number] = [-1, 1]): Promise<void> {
  const at = (hour: number) => sql`stint_now() + make_interval(hours => ${hour})`;
  const stand = { deputyId: deputy && ids[deputy], deputyName: deputy };
  await db()
    .insert(absences)
    .values({
      ...{ id: randomUUID(), personId: ids[who], personName: who, ...stand },
      ...{ startsAt: at(hours[0]), endsAt: at(hours[1]), note: '', setById: ids[who], setByName: who },
    });
}

export async function linked(...accounts: [Who, ...Who[]]): Promise<void> {
  const by = { ownerId: ids[accounts[0]], linkedAt: sql`now()`, linkedByName: 'dana' };
  await db()
    .insert(linkedAccounts)
    .values(accounts.map((who) => ({ accountId: ids[who], accountName: who, ...by })));
}

export const policyOf = (facts: Partial<ApprovalPolicy>): ApprovalPolicy => ({
  rules: [],
  freezes: [],
  endsBypassed: false,
  ...facts,
});
