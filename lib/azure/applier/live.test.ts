/** The Applier before the local tenant, through Microsoft's SDKs: every trap of taking access away. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Act, ApplierPort, ProofPort } from '#lib/azure/ports.ts';
import { type EmulatorProcess, startEmulator } from '#lib/azure/testing/start-emulator.ts';
import type { AssignmentKept } from '#lib/domain/access-change.ts';
import type { Audience } from '#lib/domain/plane.ts';
import { applierPort, proofPort } from './live.ts';
import { fixedBy } from './membership.ts';

const person = (n: number) => `aaaaaaaa-0001-4000-8000-${String(n).padStart(12, '0')}`;
const group = (n: number) => `bbbbbbbb-0001-4000-8000-${String(n).padStart(12, '0')}`;
const application = (n: number) => `cccccccc-0001-4000-8000-${String(n).padStart(12, '0')}`;
const subscription = (n: number) => `/subscriptions/55555555-0001-4000-8000-${String(n).padStart(12, '0')}`;
const production = subscription(1);
const owner = '8e3af657-a8ff-443c-a75c-2fe8c4bcb635';
const contributor = 'b24988ac-6180-42a0-ab88-20f7382dd24c';
const rbacAdministrator = 'f58310d9-a9f6-439a-9e8d-f62e7b41a168';
const userAdministrator = 'fe930be7-5e62-47db-91af-98c3a49a38b1';
const directoryWriters = '9360feb5-f418-4baa-8175-e2a00bac4301';
const messageCenterReader = '790c1fb9-7f7d-4f88-86a1-ef1f95c05c1b';

let emulator: EmulatorProcess;
let applier: ApplierPort;
let proof: ProofPort;

interface Flat {
  principalId: string;
  plane: string;
  role: string;
  scope: string;
  kind: string;
  endAt: string | null;
}

beforeAll(async () => {
  emulator = await startEmulator();
  const origins = { graphOrigin: emulator.httpsOrigin, armOrigin: emulator.httpsOrigin };
  const id = '5717a000-0000-4000-8000-000000000004';
  applier = applierPort(origins, id, tokens(id, 'applier-secret'));
  proof = proofPort(origins, tokens('5717a000-0000-4000-8000-000000000003', 'reader-secret'));
});
afterAll(() => emulator?.stop());
beforeEach(() => emulator.control('POST', 'reset'));

function tokens(clientId: string, secret: string) {
  return async (audience: Audience): Promise<string> => {
    const resource = audience === 'graph' ? 'graph.microsoft.com' : 'management.azure.com';
    const answer = await fetch(
      `${emulator.httpsOrigin}/c0470500-0000-4000-8000-000000000001/oauth2/v2.0/token`,
      {
        method: 'POST',
        body: new URLSearchParams({
          grant_type: 'client_credentials',
          ...{ client_id: clientId, client_secret: secret, scope: `https://${resource}/.default` },
        }),
      },
    );
    return ((await answer.json()) as { access_token: string }).access_token;
  };
}

async function asApplier(method: string, path: string, body?: object): Promise<unknown> {
  const audience = path.startsWith('/v1.0') ? 'graph' : 'arm';
  const token = await tokens('5717a000-0000-4000-8000-000000000004', 'applier-secret')(audience);
  const answer = await fetch(emulator.httpsOrigin + path, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });
  const said = await answer.text();
  expect(answer.status, said).toBeLessThan(300);
  return said ? JSON.parse(said) : null;
}

async function held(who: string): Promise<Flat[]> {
  const answer = await fetch(`${emulator.httpOrigin}/_emulator/assignments`);
  return ((await answer.json()) as Flat[]).filter(({ principalId }) => principalId === who);
}

const passes = (seconds: number) => emulator.control('POST', 'clock', { advanceSeconds: seconds });

function act(kept: Partial<AssignmentKept>, more: Partial<Act> = {}): Act {
  const blank = {
    assignmentId: 'a',
    azureId: 'a',
    scheduleId: null,
    condition: null,
    conditionVersion: null,
  };
  const names = { roleName: 'R', scopeName: 'S', scopeKind: 'subscription', principalName: 'P' } as const;
  const what = { plane: 'azure', roleId: owner, scopeId: production, kind: 'standing' } as const;
  const who = { principalId: person(11), principalKind: 'member', startsAt: null, endsAt: null } as const;
  return {
    ...{ changeId: randomUUID(), round: 0, wayGroupId: null, facts: {}, now: new Date().toISOString() },
    memberId: kept.principalId ?? person(11),
    kept: { ...blank, ...names, ...what, ...who, ...kept },
    ...more,
  };
}

/** A plain role assignment, as somebody else makes it. */
const give = (principalId: string, roleId: string, scope: string, more: object = {}) =>
  asApplier(
    'PUT',
    `${scope}/providers/Microsoft.Authorization/roleAssignments/${randomUUID()}?api-version=2022-04-01`,
    {
      properties: {
        principalId,
        roleDefinitionId: `${scope}/providers/Microsoft.Authorization/roleDefinitions/${roleId}`,
        ...more,
      },
    },
  );

describe('taking away', () => {
  test('a standing Entra role is gone, and telling it twice is told once', async () => {
    const one = act({ plane: 'entra', roleId: messageCenterReader, scopeId: '/', principalId: person(31) });
    expect(await proof.shows(one.kept, 'assigned')).toBe(true);
    expect(await applier.act('remove', one)).toEqual({ is: 'told', facts: {} });
    expect(await proof.shows(one.kept, 'assigned')).toBe(false);
    expect(await applier.act('remove', one)).toEqual({ is: 'gone' });
  });

  test('an eligible one on each plane leaves the others as they are', async () => {
    const ada = person(1);
    const before = await held(ada);
    const eligible = [
      { plane: 'entra', roleId: userAdministrator, scopeId: '/' },
      { plane: 'azure', roleId: contributor, scopeId: subscription(2) },
      { plane: 'group', roleId: 'member', scopeId: group(4) },
    ] as const;
    for (const role of eligible) {
      const one = act({ ...role, kind: 'eligible', principalId: ada });
      expect(await proof.shows(one.kept, 'eligible')).toBe(true);
      expect((await applier.act('remove', one)).is).toBe('told');
      expect(await proof.shows(one.kept, 'eligible')).toBe(false);
      expect((await applier.act('remove', one)).is).toBe('gone');
    }
    expect(await held(ada)).toHaveLength(before.length - eligible.length);
  });

  test('a standing Azure role is deleted by its own name', async () => {
    await give(person(8), contributor, subscription(4));
    const one = act({ roleId: contributor, scopeId: subscription(4), principalId: person(8) });
    expect((await applier.act('remove', one)).is).toBe('told');
    expect(await held(person(8))).toEqual([]);
    expect((await applier.act('remove', one)).is).toBe('gone');
  });

  test('with another condition it is another assignment, and stays', async () => {
    const one = act({ roleId: rbacAdministrator, scopeId: subscription(3), principalId: person(12) });
    expect(await applier.act('remove', one)).toMatchObject({
      is: 'obstacle',
      outcome: 'changed_since',
      why: expect.stringContaining('ForAnyOfAnyValues'),
    });
    expect(await proof.shows(one.kept, 'assigned')).toBe(true);
  });

  test('with another end it is another assignment too, on every plane', async () => {
    const kept = { plane: 'entra', roleId: userAdministrator, scopeId: '/', kind: 'eligible' } as const;
    const one = act({ ...kept, principalId: person(1), endsAt: new Date().toISOString() });
    expect(await applier.act('remove', one)).toMatchObject({ is: 'obstacle', outcome: 'changed_since' });
    expect(await proof.shows(one.kept, 'eligible')).toBe(true);
  });

  test('an activation in its place is not it, and goes on', async () => {
    const kept = { roleId: contributor, scopeId: subscription(2), principalId: person(1) };
    expect(await applier.act('remove', act(kept))).toEqual({ is: 'gone' });
  });

  test('the last one who may give access at a subscription stays (412)', async () => {
    expect(await applier.act('remove', act({}))).toMatchObject({
      is: 'obstacle',
      outcome: 'last_administrator',
      why: expect.stringContaining('last RBAC admin'),
    });
  });

  test('a lock on the scope keeps it', async () => {
    const hub = `${subscription(3)}/resourceGroups/rg-network/providers/Microsoft.Network/virtualNetworks/vnet-hub`;
    await give(person(8), contributor, hub);
    const kept = { roleId: contributor, scopeId: hub, principalId: person(8) };
    expect(await applier.act('remove', act(kept))).toMatchObject({ is: 'obstacle', outcome: 'locked' });
    expect(await held(person(8))).toHaveLength(1);
  });

  test('what a deployment stack guards is deleted by the stack alone', async () => {
    const guarded = `${production}/resourceGroups/rg-data`;
    await give(person(8), contributor, guarded);
    const kept = { roleId: contributor, scopeId: guarded, principalId: person(8) };
    expect(await applier.act('remove', act(kept))).toMatchObject({
      is: 'obstacle',
      outcome: 'deny_assignment',
      why: expect.stringContaining('stack-data'),
    });
  });

  test('what a stranger’s credential asks is refused by name, and nothing happens', async () => {
    const origins = { graphOrigin: emulator.httpsOrigin, armOrigin: emulator.httpsOrigin };
    const asReader = applierPort(
      origins,
      'x',
      tokens('5717a000-0000-4000-8000-000000000003', 'reader-secret'),
    );
    expect(await asReader.act('remove', act({}))).toMatchObject({ is: 'obstacle', outcome: 'not_allowed' });
    const membership = act({ principalId: person(21) }, { wayGroupId: group(10) });
    expect(await asReader.act('leave', membership)).toMatchObject({
      is: 'obstacle',
      outcome: 'role_assignable_group',
    });
    expect(await proof.isMember(group(10), person(21))).toBe(true);
  });
});

describe('leaving a group', () => {
  test('a plain member is out of it, and the person is still there', async () => {
    const one = act({ principalId: person(21) }, { wayGroupId: group(10) });
    expect(await applier.act('ways', one)).toEqual({ is: 'told', facts: { left_plain: 'for good' } });
    expect(await proof.isWithin(group(10), person(21))).toBe(true);
    expect((await applier.act('leave', one)).is).toBe('told');
    expect(await proof.isMember(group(10), person(21))).toBe(false);
    expect(await proof.isWithin(group(10), person(21))).toBe(false);
    expect((await applier.act('ways', one)).is).toBe('gone');
    expect((await applier.act('leave', one)).is).toBe('gone');
    const back = { ...one, facts: { left_plain: 'for good' } };
    expect((await applier.act('rejoin', back)).is).toBe('told');
    expect((await applier.act('rejoin', back)).is).toBe('told');
    expect(await proof.isMember(group(10), person(21))).toBe(true);
  });

  test('gone between the look and the act, it is gone as asked', async () => {
    const match = `members/${person(21)}`;
    await emulator.control('POST', 'faults', { match, status: 404, times: 1 });
    const one = act({ principalId: person(21) }, { wayGroupId: group(10) });
    expect(await applier.act('leave', one)).toEqual({ is: 'told', facts: {} });
  });

  test('who is eligible to be in it leaves through PIM, and may come back that way', async () => {
    const one = act({ principalId: person(17) }, { wayGroupId: group(4) });
    expect(await applier.act('ways', one)).toEqual({ is: 'told', facts: { left_eligible: 'for good' } });
    expect((await applier.act('leave', one)).is).toBe('told');
    expect(await proof.isMember(group(4), person(17))).toBe(false);
    await applier.act('rejoin', { ...one, changeId: randomUUID(), facts: { left_eligible: 'for good' } });
    await passes(5);
    expect(await proof.isMember(group(4), person(17))).toBe(true);
  });

  test('a rule, or the directory at home, decides who is in some groups', () => {
    expect(fixedBy({ groupTypes: ['DynamicMembership'] })?.outcome).toBe('dynamic_group');
    expect(fixedBy({ groupTypes: [], onPremisesSyncEnabled: true })?.outcome).toBe('not_allowed');
    expect(fixedBy({ groupTypes: ['Unified'] })).toBeNull();
  });
});

describe('making eligible', () => {
  test.each([
    ['Entra', { plane: 'entra', roleId: messageCenterReader, scopeId: '/', principalId: person(31) }],
    ['Azure', { plane: 'azure', roleId: owner, scopeId: subscription(5), principalId: person(19) }],
  ] as const)(
    '%s: with an end the policy allows, twice once, and the standing one is still there',
    async (_, kept) => {
      const one = act(kept);
      const told = await applier.act('make_eligible', one);
      expect(told).toMatchObject({ is: 'told', facts: { eligible_until: expect.any(String) } });
      expect((await applier.act('make_eligible', one)).is).toBe('told');
      await passes(5);
      expect(await proof.shows(one.kept, 'eligible')).toBe(true);
      expect(await proof.shows(one.kept, 'assigned')).toBe(true);
      const rows = await held(kept.principalId);
      const [made] = rows.filter(({ kind, role }) => kind === 'eligible' && role === kept.roleId);
      const days = (Date.parse(made?.endAt ?? '') - Date.now()) / 86_400_000;
      expect(days).toBeGreaterThan(364);
      expect(days).toBeLessThanOrEqual(365);
    },
  );
});

describe('making time-bound', () => {
  const cases = [
    ['Entra', { plane: 'entra', roleId: directoryWriters, scopeId: '/', principalId: application(7) }],
    ['Azure', { plane: 'azure', roleId: contributor, scopeId: subscription(2), principalId: application(4) }],
  ] as const;
  const endOf = async (kept: (typeof cases)[number][1]) =>
    (await held(kept.principalId)).find(({ role }) => role === kept.roleId)?.endAt ?? null;

  /** PIM asks administrators who assign an Azure role for multifactor authentication, until somebody changes that. */
  const asksNoMfa = async ({ plane, roleId, scopeId }: (typeof cases)[number][1]) => {
    if (plane !== 'azure') return;
    const at = `${scopeId}/providers/Microsoft.Authorization`;
    const listed = await asApplier('GET', `${at}/roleManagementPolicyAssignments?api-version=2020-10-01`);
    const { value } = listed as { value: { properties: { policyId: string; roleDefinitionId: string } }[] };
    const own = value.find(({ properties }) => properties.roleDefinitionId.endsWith(roleId));
    const rules = [
      {
        id: 'Enablement_Admin_Assignment',
        ruleType: 'RoleManagementPolicyEnablementRule',
        enabledRules: ['Justification'],
      },
    ];
    await asApplier('PATCH', `${own?.properties.policyId}?api-version=2020-10-01`, { properties: { rules } });
  };

  test('a policy that asks for multifactor authentication is named: no application has it', async () => {
    const [, [, kept]] = cases;
    expect(await applier.act('make_time_bound', act(kept))).toMatchObject({
      ...{ is: 'obstacle', outcome: 'failed', why: expect.stringContaining('which no application has') },
    });
  });

  test.each(cases)('%s: with an end the policy allows, twice once; an undo takes it off', async (_, kept) => {
    await asksNoMfa(kept);
    const one = act({ ...kept, principalKind: 'service_principal' });
    expect(await proof.assigned(one.kept)).toEqual({ endsAt: null });
    const told = await applier.act('make_time_bound', one);
    expect(told).toMatchObject({ is: 'told', facts: { ends_at: expect.any(String) } });
    const end = await endOf(kept);
    expect(await applier.act('make_time_bound', one)).toEqual(told);
    expect(await endOf(kept)).toBe(end);
    await passes(5);
    expect(await proof.assigned(one.kept)).toEqual({ endsAt: new Date(end ?? '') });
    const days = (Date.parse(end ?? '') - Date.now()) / 86_400_000;
    expect(days).toBeGreaterThan(179);
    expect(days).toBeLessThanOrEqual(180);

    const undo = act({ ...kept, principalKind: 'service_principal' });
    expect(await applier.act('restore', undo), 'an end that somebody else gave').toMatchObject({
      ...{ is: 'obstacle', outcome: 'changed_since' },
    });
    expect(await endOf(kept)).toBe(end);
    undo.facts.hasEnd = 'yes';
    expect((await applier.act('restore', undo)).is).toBe('told');
    await passes(5);
    expect(await proof.assigned(undo.kept)).toEqual({ endsAt: null });
    expect(await endOf(kept)).toBeNull();
  });

  test('what is gone meanwhile is gone, and another condition is another assignment', async () => {
    const [, [, kept]] = cases;
    const other = act({ ...kept, condition: 'x', conditionVersion: '2.0' });
    expect(await applier.act('make_time_bound', other)).toMatchObject({ outcome: 'changed_since' });
    expect(await endOf(kept)).toBeNull();
    await applier.act('remove', act(kept));
    await passes(5);
    expect(await applier.act('make_time_bound', act(kept))).toEqual({ is: 'gone' });
  });
});

describe('an eligibility that is there already', () => {
  const kept = { roleId: contributor, scopeId: subscription(4), principalId: person(8) } as const;
  const givenUntil = async (days: number) => {
    await give(person(8), contributor, subscription(4));
    const endsAt = new Date(Date.now() + days * 86_400_000).toISOString();
    expect((await applier.act('restore', act({ ...kept, kind: 'eligible', endsAt }))).is).toBe('told');
    await passes(5);
    return endsAt;
  };

  test('takes its place with its own end', async () => {
    const eligible_until = await givenUntil(30);
    expect(await applier.act('make_eligible', act(kept))).toEqual({ is: 'told', facts: { eligible_until } });
  });

  test('is in the way when it ends within a day, or under another condition', async () => {
    await givenUntil(0.5);
    const inTheWay = { is: 'obstacle', outcome: 'changed_since' };
    expect(await applier.act('make_eligible', act(kept))).toMatchObject(inTheWay);
    const conditioned = act({ ...kept, condition: 'x', conditionVersion: '2.0' });
    expect(await applier.act('make_eligible', conditioned)).toMatchObject(inTheWay);
  });
});

describe('giving back', () => {
  test('a plain Azure role comes with its condition, under a name of its own, once', async () => {
    const condition =
      "((!(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read'})) OR (@Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name] StringEquals 'logs'))";
    const kept = { roleId: contributor, scopeId: subscription(4), principalId: person(8) };
    const one = act({ ...kept, condition, conditionVersion: '2.0' });
    expect((await applier.act('restore', one)).is).toBe('told');
    expect((await applier.act('restore', one)).is).toBe('told');
    await passes(5);
    expect(await held(person(8))).toHaveLength(1);
    expect((await applier.act('remove', act(kept))).is).toBe('obstacle');
    expect((await applier.act('remove', one)).is).toBe('told');
  });

  test('an eligible Entra role comes with its end', async () => {
    const endsAt = new Date(Date.now() + 30 * 86_400_000).toISOString();
    const kept = { plane: 'entra', roleId: userAdministrator, scopeId: '/', kind: 'eligible' } as const;
    expect((await applier.act('restore', act({ ...kept, endsAt, principalId: person(8) }))).is).toBe('told');
    await passes(5);
    expect(await held(person(8))).toMatchObject([{ kind: 'eligible', endAt: endsAt }]);
  });

  test('what the policy does not allow is refused in its own words', async () => {
    const kept = { roleId: contributor, scopeId: subscription(4), kind: 'time_bound' } as const;
    const endsAt = new Date(Date.now() + 86_400_000).toISOString();
    expect(await applier.act('restore', act({ ...kept, endsAt, principalId: person(8) }))).toMatchObject({
      is: 'obstacle',
      outcome: 'failed',
      why: expect.stringContaining('MfaRule'),
    });
    expect(
      await proof.assigning({ plane: 'azure', roleId: contributor, scopeId: subscription(4) }),
    ).toMatchObject({
      active: { mfa: true },
      eligible: { mfa: false, longestMinutes: 365 * 1440 },
    });
  });
});

test('Azure busy, or an answer lost, is no answer: it may be told again', async () => {
  const one = act({ plane: 'entra', roleId: messageCenterReader, scopeId: '/', principalId: person(31) });
  await emulator.control('POST', 'faults', {
    match: 'roleAssignmentScheduleRequests',
    status: 429,
    retryAfter: 7,
    times: 1,
  });
  await expect(applier.act('remove', one)).rejects.toMatchObject({ kind: 'busy', retryAfterSeconds: 7 });
  expect((await applier.act('remove', one)).is).toBe('told');
});
