import { randomUUID } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { db, type Opened } from '#db/client.ts';
import { setClockOffset } from '#db/clock.ts';
import { empty } from '#db/empty.ts';
import { auditEntries } from '#db/schema/audit.ts';
import {
  assignments,
  inventoryParts,
  inventoryRuns,
  memberships,
  principals,
  responsibles,
} from '#db/schema/inventory.ts';
import { mirrorPolicies, mirrorRoles } from '#db/schema/mirror.ts';
import {
  accessPolicies,
  breakGlassAccounts,
  findings,
  outsideRoles,
  useCoverage,
  useEvents,
  uses,
} from '#db/schema/posture.ts';
import { requests } from '#db/schema/requests.ts';
import { accessChanges } from '#db/schema/reviews.ts';
import { hangs, managementGroup, testDatabase } from '#db/testing.ts';
import type { AssignmentKept } from '#lib/domain/access-change.ts';
import type { InventoryList } from '#lib/domain/inventory.ts';
import { unknownPolicy } from '#lib/domain/policy.ts';
import { asJob } from '#lib/operations/context.ts';
import { findFindings } from './find-findings.ts';
import { spreadMemberships } from './spread-memberships.ts';

let opened: Opened;
beforeAll(async () => {
  opened = await testDatabase();
});
afterAll(() => opened?.close());

const run = randomUUID();
const stint = '5717a000-0000-4000-8000-000000000001';
const ago = (days: number) => new Date(Date.now() - days * 86_400_000);
const seen = (days = 200) => ({ seenIn: run, firstSeenAt: ago(days) });
const lists = [
  ...['users', 'groups', 'service_principals', 'agents', 'members', 'group_active', 'entra_active'],
  ...['access_policies', 'workload_sign_ins', 'applications', 'federated_credentials', 'app_role_holders'],
] as InventoryList[];

beforeEach(async () => {
  await setClockOffset(db(), 0);
  await empty(`assignments principals responsibles memberships mirror_roles mirror_policies findings
    effective_members uses use_coverage outside_roles access_policies break_glass_accounts
    inventory_parts inventory_runs requests use_events scope_tree access_changes`);
  await db()
    .insert(inventoryRuns)
    .values({ id: run, startedAt: ago(199), finishedAt: ago(199), goneOnAt: ago(199) });
  await db()
    .insert(inventoryParts)
    .values(lists.map((list) => ({ runId: run, list, place: '/', state: 'done' as const })));
  await db()
    .insert(useCoverage)
    .values({ id: randomUUID(), source: 'stint', fromAt: ago(150), untilAt: ago(0) });
  for (const [roleId, actions] of [
    ['owner', ['*']],
    ['reader', ['*/read']],
  ] as const) {
    const definition = {
      ...{
        plane: 'azure' as const,
        id: roleId,
        name: roleId,
        description: '',
        isBuiltIn: true,
        isPrivileged: null,
      },
      ...{ actions: [...actions], notActions: [], dataActions: [], notDataActions: [] },
    };
    await db()
      .insert(mirrorRoles)
      .values({ plane: 'azure', roleId, definition, readAt: ago(1) });
  }
});

const is = (id: string, facts: Partial<typeof principals.$inferInsert> = {}) =>
  db()
    .insert(principals)
    .values({
      id,
      kind: 'member',
      name: id,
      enabled: true,
      list: 'users',
      createdAt: ago(300),
      ...seen(),
      ...facts,
    });
const holds = (principalId: string, facts: Partial<typeof assignments.$inferInsert> = {}) =>
  db()
    .insert(assignments)
    .values({
      ...{
        id: `${principalId} ${facts.roleId ?? 'owner'}`,
        azureId: 'x',
        list: 'azure_active',
        place: '/sub/One',
      },
      ...{ plane: 'azure', kind: 'standing', roleId: 'owner', roleName: 'Owner', scopeId: '/sub/One' },
      ...{
        scopeName: 'One',
        scopeKind: 'subscription',
        principalId,
        startsAt: ago(180),
        ...seen(),
        ...facts,
      },
    });
const reader = { roleId: 'reader', roleName: 'Reader' };
const joins = (groupId: string, memberId: string) =>
  db()
    .insert(memberships)
    .values({ groupId, memberId, ...seen() });
/** Its members were read: it has none, but for those who join. */
const isRead = (...groups: string[]) =>
  db()
    .insert(inventoryParts)
    .values(groups.map((place) => ({ runId: run, list: 'members' as const, place, state: 'done' as const })));
const policy = (roleId: string, facts: Partial<typeof unknownPolicy>) =>
  db()
    .insert(mirrorPolicies)
    .values({
      plane: 'azure',
      roleId,
      scopeId: '/sub/One',
      facts: { ...unknownPolicy, ...facts },
      readAt: ago(1),
    });
const beside = (id: string, facts: Partial<typeof outsideRoles.$inferInsert>) =>
  db()
    .insert(outsideRoles)
    .values({
      ...{
        id,
        azureId: id,
        list: 'service_principals',
        place: '/',
        kind: 'credential',
        principalName: 'Stint',
      },
      ...{ targetId: 't', targetName: 'Stint', what: id, details: { appId: stint }, ...seen(), ...facts },
    });

async function assess() {
  await spreadMemberships(asJob('assess', 'trace'));
  await findFindings(asJob('assess', 'trace'), [stint]);
}
async function found(kind: (typeof findings.$inferSelect)['kind']): Promise<string[]> {
  await assess();
  const rows = await db().select().from(findings);
  return rows
    .filter((row) => row.kind === kind && row.state === 'open')
    .map(({ subject }) => subject)
    .toSorted();
}

describe('what is in the tables is found, and what is near it is not', () => {
  test('standing privilege: of a person, not of a sealed account, not what only reads', async () => {
    for (const id of ['ines', 'sealed', 'ravi']) await is(id);
    await holds('ines');
    await holds('sealed');
    await holds('ravi', reader);
    await holds('gone', { goneAt: ago(1) });
    await db()
      .insert(breakGlassAccounts)
      .values({ principalId: 'sealed', name: 'sealed', namedAs: 'sealed' });
    expect(await found('standing_privilege')).toEqual(['ines owner']);
    expect((await db().select().from(inventoryRuns))[0]?.privilege).toEqual({ standing: 1, onRequest: 0 });
  });

  test('groups: with standing members; not with members who activated, or none', async () => {
    for (const id of ['ops', 'shift', 'empty'])
      await is(id, { kind: 'group', isRoleAssignable: true, list: 'groups' });
    for (const group of ['ops', 'shift', 'empty']) await holds(group);
    await isRead('empty');
    for (const id of ['ada', 'bo']) await is(id);
    await joins('ops', 'ada');
    await joins('shift', 'bo');
    await holds('bo', {
      plane: 'group',
      kind: 'activated',
      roleId: 'member',
      scopeId: 'shift',
      scopeKind: 'group',
    });
    expect(await found('group_with_standing_members')).toEqual(['ops']);
    expect(await found('standing_privilege')).toEqual([]);
  });

  test('groups: one whose members were never read stands, and so does one around it', async () => {
    for (const id of ['unread', 'outer', 'empty']) {
      await is(id, { kind: 'group', list: 'groups' });
      await holds(id);
    }
    await isRead('outer', 'empty');
    await joins('outer', 'unread');
    await holds('unread', { kind: 'eligible', ...reader });
    expect(await found('standing_privilege')).toEqual(['outer owner', 'unread owner']);
    expect(await found('never_activated')).toEqual([]);
    expect((await db().select().from(inventoryRuns))[0]?.privilege).toEqual({ standing: 2, onRequest: 1 });
  });

  test('groups: who activated one way and stands in another stands; behind an activation nobody does', async () => {
    for (const id of ['ops', 'inner', 'shift', 'locked'])
      await is(id, { kind: 'group', isRoleAssignable: true, list: 'groups' });
    for (const id of ['ada', 'bo']) await is(id);
    const forNow = {
      ...{ plane: 'group' as const, kind: 'activated' as const, roleId: 'member' },
      ...{ scopeKind: 'group' as const },
    };
    await joins('ops', 'ada');
    await holds('ada', { ...forNow, scopeId: 'ops' });
    await joins('ops', 'inner');
    await joins('inner', 'ada');
    await joins('shift', 'locked');
    await holds('locked', { ...forNow, kind: 'time_bound', scopeId: 'shift' });
    await joins('locked', 'bo');
    expect(await found('group_with_standing_members')).toEqual(['inner', 'locked', 'ops']);
  });

  test('eligibilities: never used; used lately; used long ago; whatever the case of the ids', async () => {
    for (const id of ['never', 'lately', 'once']) {
      await is(id);
      await holds(id, { kind: 'eligible' });
    }
    const use = {
      plane: 'azure' as const,
      roleId: 'owner',
      scopeId: '/sub/one',
      activeMinutes: 1,
      grantedMinutes: 1,
    };
    await db()
      .insert(uses)
      .values([
        { principalId: 'lately', ...use, count: 3, lastAt: ago(2) },
        { principalId: 'once', ...use, count: 1, lastAt: ago(100) },
      ]);
    expect(await found('never_activated')).toEqual(['never owner']);
    expect(await found('not_activated_lately')).toEqual(['once owner']);
  });

  test('workloads, guests and the disabled, by what they hold themselves and through groups', async () => {
    const app = { kind: 'service_principal' as const, list: 'service_principals' as const };
    await is('owned', { ...app, lastSignInAt: ago(1) });
    await is('orphan', { ...app, lastSignInAt: ago(91) });
    await is('ada');
    for (const id of ['owned', 'orphan']) await holds(id);
    await db()
      .insert(responsibles)
      .values({
        principalId: 'owned',
        responsibleId: 'ada',
        as: 'owner',
        list: 'service_principals',
        ...seen(),
      });
    await is('vic', { kind: 'guest' });
    await is('noa', { kind: 'guest' });
    await is('vendors', { kind: 'group', list: 'groups' });
    await holds('vendors');
    await joins('vendors', 'vic');
    // In it for hours: what lasts is the eligibility.
    await is('gus', { kind: 'guest' });
    await joins('vendors', 'gus');
    const member = { plane: 'group', roleId: 'member', scopeId: 'vendors', scopeKind: 'group' } as const;
    await holds('gus', { ...member, kind: 'activated', list: 'group_active', place: 'vendors' });
    await is('otto', { enabled: false });
    await is('pia', { enabled: false });
    await holds('otto', reader);
    expect(await found('workload_standing')).toEqual(['orphan owner', 'owned owner']);
    expect(await found('workload_without_owner')).toEqual(['orphan']);
    expect(await found('workload_idle')).toEqual(['orphan']);
    expect(await found('guest_privileged')).toEqual(['vic']);
    expect(await found('disabled_assigned')).toEqual(['otto']);
    expect(await found('standing_privilege')).toEqual(['vendors owner']);
  });

  test('settings of roles somebody is eligible for: approval, approvers, contexts, size', async () => {
    await is('ada');
    await is('otto', { enabled: false });
    await holds('ada', { kind: 'eligible' });
    await holds('ada', { kind: 'eligible', ...reader });
    const asking = { approval: true, approvers: [{ id: 'otto', name: 'Otto', through: null }] };
    await policy('owner', { authenticationContext: 'c1' });
    await policy('reader', { ...asking, authenticationContext: 'c2' });
    await policy('nobody-is-eligible', { ...asking, authenticationContext: 'c3' });
    const facts = { id: 'p', name: 'P', state: 'enabled' as const, contexts: ['c1'] };
    const who = { includesUsers: ['All'], excludesUsers: [], includes: [], excludes: [] };
    await db()
      .insert(accessPolicies)
      .values({
        id: 'p',
        name: 'P',
        state: 'enabled',
        facts: { ...facts, ...who },
        list: 'users',
        ...seen(),
      });
    expect(await found('no_approval_on_critical')).toEqual(['azure|owner|/sub/one']);
    expect(await found('no_live_approver')).toEqual(['azure|reader|/sub/one']);
    expect(await found('context_without_policy')).toEqual(['c2']);
    expect(await found('oversized_role')).toEqual(['azure|owner|/sub/one']);
  });

  test('activated past Stint’s approval: lately, each role once; not long ago, nor what passed', async () => {
    await is('ada');
    const past = (roleId: string, days: number, more: Partial<typeof requests.$inferInsert> = {}) => ({
      ...{ id: randomUUID(), submissionId: randomUUID(), origin: 'azure' as const },
      ...{ requesterId: 'ada', requesterName: 'Ada', plane: 'azure' as const, roleId, scopeId: '/sub/One' },
      ...{ roleName: 'Owner', scopeName: 'One', scopeKind: 'subscription' as const, eligibilityId: 'e' },
      ...{ justification: '', ticketNumber: '', minutes: 60, status: 'ended' as const },
      ...{ filedAt: ago(days), bypassedAt: ago(days) },
      ...more,
    });
    const ended = past('owner', 2, { scopeId: '/SUB/one', requesterId: 'bo', requesterName: 'Bo' });
    await db()
      .insert(requests)
      .values([
        past('owner', 29),
        ended,
        past('owner', 31),
        past('once', 31),
        past('passed', 1, { bypassedAt: null }),
        past('reader', 1),
      ]);
    const change = { kept: { kind: 'activated' } as AssignmentKept, plane: 'azure', scopeId: '/' } as const;
    const asked = { askedById: 'm', askedByName: 'M', askedAt: ago(2), requestId: ended.id } as const;
    const done = { verb: 'remove', way: 'assignment', state: 'done', outcome: 'removed' } as const;
    await db()
      .insert(accessChanges)
      .values({ ...change, ...asked, ...done, principalId: 'bo' });
    expect(await found('activated_past_approval')).toEqual(['azure|owner|/sub/one', 'azure|reader|/sub/one']);
    const rows = await db().select().from(findings).where(eq(findings.kind, 'activated_past_approval'));
    const owner = rows.find(({ subject }) => subject.includes('owner'));
    expect(owner).toMatchObject({ risk: 'high', size: 2, principalId: null });
    expect(owner?.evidence).toEqual(
      expect.arrayContaining([
        { label: 'By', value: 'Bo, Ada' },
        { label: 'Ended by the Applier', value: '1 of 2' },
        { label: 'What holds Stint’s rules for it', value: 'advisory' },
      ]),
    );
    expect(rows.find(({ subject }) => subject.includes('reader'))).toMatchObject({
      ...{ risk: 'medium', principalId: 'ada' },
    });
    await db()
      .update(requests)
      .set({ bypassedAt: ago(31) });
    expect(await found('activated_past_approval')).toEqual([]);
  });

  test('windows: allowed for hours and used for minutes, of three that ended', async () => {
    await is('ada');
    await holds('ada', { kind: 'eligible', ...reader });
    await policy('reader', { maximumMinutes: 480 });
    const used = (hours: number) => ({
      ...{
        id: randomUUID(),
        submissionId: randomUUID(),
        origin: 'stint' as const,
        requesterId: 'ada',
        requesterName: 'Ada',
      },
      ...{
        plane: 'azure' as const,
        roleId: 'reader',
        scopeId: '/sub/One',
        roleName: 'Reader',
        scopeName: 'One',
      },
      ...{
        scopeKind: 'subscription' as const,
        eligibilityId: 'e',
        justification: '',
        ticketNumber: '',
        minutes: 480,
      },
      ...{
        status: 'ended' as const,
        filedAt: ago(3),
        activeAt: ago(2),
        endedAt: new Date(+ago(2) + hours * 3_600_000),
      },
    });
    await db()
      .insert(requests)
      .values([used(0.5), used(0.6)]);
    expect(await found('window_too_long')).toEqual([]);
    await db().insert(requests).values(used(0.4));
    expect(await found('window_too_long')).toEqual(['azure|reader|/sub/one']);
  });

  test('a window is too long by what the tenant’s log tells, too: of an activation that Stint knows as well, once', async () => {
    await is('ada');
    await holds('ada', { ...reader, kind: 'eligible', list: 'azure_eligible' });
    await policy('reader', { maximumMinutes: 480 });
    const role = { principalId: 'ada', plane: 'azure', roleId: 'reader', scopeId: '/sub/one' } as const;
    const logged = (days: number, minutes: number | null) => {
      const at = ago(days);
      const lasted = (length: number) => new Date(+at + length * 60_000);
      const begun = {
        ...role,
        what: 'begun' as const,
        at,
        untilAt: lasted(480),
        source: 'azure_audit' as const,
      };
      const ended = { ...begun, what: 'ended' as const, at: lasted(minutes ?? 0), untilAt: null };
      return db()
        .insert(useEvents)
        .values(minutes === null ? [begun] : [begun, ended]);
    };
    await logged(9, 20);
    await logged(8, 30);
    await logged(95, 25);
    const own = { requesterId: 'ada', requesterName: 'Ada', roleId: 'reader', scopeId: '/sub/One' };
    await db()
      .insert(requests)
      .values({
        ...{ id: randomUUID(), submissionId: randomUUID(), origin: 'stint', plane: 'azure', ...own },
        ...{
          roleName: 'Reader',
          scopeName: 'One',
          scopeKind: 'subscription',
          eligibilityId: 'e',
          minutes: 480,
        },
        ...{ justification: '', ticketNumber: '', status: 'ended', filedAt: ago(8), startsAt: ago(8) },
        ...{ activeAt: ago(8), endedAt: new Date(+ago(8) + 30 * 60_000) },
      });
    expect(await found('window_too_long')).toEqual([]);
    await logged(7, 20);
    expect(await found('window_too_long')).toEqual(['azure|reader|/sub/one']);
    // One that nobody gave back was used to its end.
    await logged(6, null);
    expect(await found('window_too_long')).toEqual([]);
  });

  test('what is held at a management group says what that reaches', async () => {
    await is('ada');
    const scopeId = managementGroup('Platform');
    await holds('ada', { scopeId, scopeName: 'Platform', scopeKind: 'management_group' });
    await hangs(managementGroup('platform'), '/subscriptions/Two', '/subscriptions/One');
    await findFindings(asJob('assess', 'trace'), []);
    const told = await db().select().from(findings);
    expect(new Set(told.map(({ kind }) => kind))).toEqual(new Set(['standing_privilege', 'oversized_role']));
    for (const { evidence } of told)
      expect(evidence).toContainEqual({ label: 'Reaches', value: '2 subscriptions: One, Two' });
  });

  test('Stint’s own registrations: what is new by its start, and what came after Stint knew them', async () => {
    await is('sp', { kind: 'service_principal', appId: stint });
    await beside('old', { startsAt: ago(300) });
    await beside('young', { startsAt: ago(3) });
    await beside('owner', { kind: 'application_owner' });
    await beside('later', { kind: 'application_owner', firstSeenAt: ago(100) });
    await beside('theirs', { startsAt: ago(3), details: { appId: 'another' } });
    await beside('removed', { startsAt: ago(3), goneAt: ago(1) });
    expect(await found('stint_credential_added')).toEqual(['credential young']);
    expect(await found('stint_owner_added')).toEqual(['application_owner later']);
  });

  test('sealed accounts: by their role and by conditional access, a group’s exclusion included', async () => {
    const role = { plane: 'entra' as const, roleId: '62e90394-69f5-4237-9190-012177145e10', scopeId: '/' };
    for (const id of ['b1', 'b2']) {
      await is(id);
      await holds(id, { ...role, scopeKind: 'directory' });
      await db().insert(breakGlassAccounts).values({ principalId: id, name: id, namedAs: id });
    }
    await db()
      .insert(memberships)
      .values({ groupId: 'left-out', memberId: 'b1', ...seen() });
    const facts = { id: 'p', name: 'P', state: 'enabled' as const, contexts: [], includes: [role.roleId] };
    const who = { includesUsers: [], excludesUsers: [], excludes: ['left-out'] };
    await db()
      .insert(accessPolicies)
      .values({
        id: 'p',
        name: 'P',
        state: 'enabled',
        facts: { ...facts, ...who },
        list: 'users',
        ...seen(),
      });
    await is('left-out', { kind: 'group', list: 'groups' });
    expect(await found('break_glass_controls')).toEqual(['b2']);
    // Who is in a group that nobody has read is not known; in one that was read and is empty nobody is.
    await db().delete(memberships);
    expect(await found('break_glass_controls')).toEqual([]);
    await isRead('left-out');
    expect(await found('break_glass_controls')).toEqual(['b1', 'b2']);
  });
});

describe('from reading to reading', () => {
  const standing = async () =>
    (await db().select().from(findings).orderBy(findings.subject)).find(
      ({ kind }) => kind === 'standing_privilege',
    );
  const told = async (action: string) =>
    (await db().select().from(auditEntries)).filter((entry) => entry.action === action);
  const later = () => setClockOffset(db(), 7_200);

  beforeEach(async () => {
    await is('ines');
    await holds('ines');
    await assess();
  });

  test('what is gone comes back as the same finding, open, and the record tells', async () => {
    const first = await standing();
    const returns = async () =>
      (await told('finding.returned')).filter(({ subjectId }) => subjectId === first?.id).length;
    await db().update(assignments).set({ goneAt: sql`stint_now()` });
    await later();
    await assess();
    expect(await standing()).toMatchObject({ state: 'gone', goneAt: expect.any(Date) });
    await db().update(assignments).set({ goneAt: null });
    await assess();
    expect(await standing()).toMatchObject({
      ...{ id: first?.id, state: 'open', goneAt: null, firstSeenAt: first?.firstSeenAt },
    });
    expect(await returns()).toBe(1);
    // The role at its scope came back, too.
    expect((await told('posture.assessed')).at(-1)?.details).toMatchObject({ returned: 2 });
  });

  test('a list that could not be read, or was doubted, ends nothing; what was read is told all the same', async () => {
    await db().update(assignments).set({ goneAt: sql`stint_now()` });
    await is('otto', { enabled: false });
    await is('idle');
    for (const state of ['failed', 'doubted'] as const) {
      await holds('idle', { id: `idle ${state}`, kind: 'eligible' });
      await holds('otto', { id: `otto ${state}` });
      await db().update(inventoryParts).set({ state }).where(sql`list = 'users'`);
      await later();
      await assess();
      expect(await standing()).toMatchObject({ subject: 'ines owner', state: 'open' });
      const now = (await db().select().from(findings)).map(({ kind, subject }) => `${kind} ${subject}`);
      expect(now).toContain(`standing_privilege otto ${state}`);
      expect(now).toContain('disabled_assigned otto');
      expect(now.filter((one) => one.startsWith('never_activated'))).toEqual([]);
    }
  });

  test('what was accepted stays so until its day, and then opens by itself, on record', async () => {
    const accepted = {
      state: 'accepted' as const,
      acceptedById: 'm',
      acceptedByName: 'Mira',
      acceptedReason: 'r',
    };
    await db()
      .update(findings)
      .set({ ...accepted, acceptedUntil: sql`stint_now() + interval '1 hour'` });
    await assess();
    expect(await standing()).toMatchObject({ state: 'accepted' });
    const before = (await told('finding.acceptance_ended')).length;
    await later();
    await assess();
    expect(await standing()).toMatchObject({ state: 'open', acceptedById: null });
    expect((await told('finding.acceptance_ended')).length).toBeGreaterThan(before);
  });

  test('an acceptance ends, on record, when it becomes worse or more; not when only its words change', async () => {
    for (const id of ['ada', 'bo']) await is(id);
    await is('ops', { kind: 'group', isRoleAssignable: true, list: 'groups' });
    await joins('ops', 'ada');
    const group = async () =>
      (await db().select().from(findings)).find(({ kind }) => kind === 'group_with_standing_members');
    const accept = () =>
      db()
        .update(findings)
        .set({ state: 'accepted', acceptedById: 'm', acceptedByName: 'Mira' })
        .where(sql`kind = 'group_with_standing_members'`);
    const reopened = async () => (await told('finding.reopened')).map(({ details }) => details.acceptedBy);
    await assess();
    await accept();
    const version = (await group())?.version ?? 0;
    await db().update(principals).set({ name: 'sg-ops' }).where(sql`id = 'ops'`);
    await assess();
    expect(await group()).toMatchObject({ state: 'accepted', version: version + 1 });
    await joins('ops', 'bo');
    await assess();
    expect(await group()).toMatchObject({ state: 'open', acceptedByName: null, size: 2 });
    await accept();
    await db().delete(memberships).where(sql`member_id = 'bo'`);
    await holds('ops');
    await assess();
    expect(await group()).toMatchObject({ state: 'open', risk: 'high' });
    expect(await reopened()).toEqual(['Mira', 'Mira']);
  });

  test('an acceptance of one missing control covers no other that fails later', async () => {
    await is('sealed', { enabled: false });
    await db()
      .insert(breakGlassAccounts)
      .values({ principalId: 'sealed', name: 'sealed', namedAs: 'sealed' });
    const glass = async () =>
      (await db().select().from(findings)).find(({ subject }) => subject === 'sealed');
    await assess();
    expect((await glass())?.parts).toEqual(['Enabled', 'Global Administrator']);
    const accepted = { state: 'accepted', acceptedById: 'm', acceptedByName: 'Mira' } as const;
    await db()
      .update(findings)
      .set({ ...accepted, parts: ['Enabled'] })
      .where(sql`subject = 'sealed'`);
    await assess();
    expect(await glass()).toMatchObject({ state: 'open', acceptedByName: null });
    await db().update(findings).set(accepted).where(sql`subject = 'sealed'`);
    await assess();
    expect(await glass()).toMatchObject({ state: 'accepted' });
  });

  test('the same again changes nothing but when it was last seen, two at once neither', async () => {
    const before = await db().select().from(findings);
    await Promise.all([assess(), assess()]);
    const after = await db().select().from(findings);
    const still = ({ lastSeenAt: _, ...row }: (typeof before)[number]) => row;
    expect(after.map(still).toSorted(byId)).toEqual(before.map(still).toSorted(byId));
  });
  const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1);
});
