import { describe, expect, test } from 'vitest';
import { cancelRequest } from '#lib/emulator/pim/cancel.ts';
import { decide } from '#lib/emulator/pim/decide.ts';
import { fileRequest } from '#lib/emulator/pim/file.ts';
import { knownRoles } from '#lib/emulator/pim/known-roles.ts';
import { settle } from '#lib/emulator/pim/settle.ts';
import { hour, ids, minute, noon } from '#lib/emulator/pim/test-tenant.ts';
import {
  active,
  app,
  ask,
  byApprovers,
  person,
  setPolicy,
  subscriptionScope,
  testWorld,
} from '#lib/emulator/pim/testing.ts';
import type { World } from '#lib/emulator/wire.ts';
import type { Row } from './exchange.ts';
import { bodyOf, everyScope, refusalOf, rowsOf, send } from './testing.ts';

const path = '/v1.0/auditLogs/directoryAudits';
const reader = app('AuditLog.Read.All');
const ada = person(ids.ada);
const bo = person(ids.bo);
const mira = person(ids.mira);
const audits = (world: World, query = '') => rowsOf(send(world, reader, `GET ${path}${query}`));
/** Oldest first, those of PIM. */
const names = (world: World) =>
  audits(world, "?$filter=loggedByService eq 'PIM'&$orderby=activityDateTime asc").map(
    (row) => row.activityDisplayName,
  );
const details = (row: Row | undefined) =>
  Object.fromEntries(
    ((row?.additionalDetails ?? []) as { key: string; value: string }[]).map(({ key, value }) => [
      key,
      value,
    ]),
  );
const off = { type: 'notSpecified' as const, duration: null, endAt: null };

describe('PIM writes', () => {
  test('an activation and its end by time, on every plane in its own category', () => {
    for (const [changes, category] of [
      [{}, 'RoleManagement'],
      [{ plane: 'group', role: 'member', scope: ids.onCall }, 'GroupManagement'],
      [{ plane: 'azure', role: ids.contributor, scope: subscriptionScope }, 'ResourceManagement'],
    ] as const) {
      const world = testWorld();
      const request = fileRequest(world, ada, ask(changes));
      world.advance(hour);
      settle(world);
      const rows = audits(world, `?$filter=category eq '${category}' and loggedByService eq 'PIM'`).filter(
        (row) => row.correlationId === request.id,
      );
      expect(rows.map((row) => row.activityDisplayName)).toEqual([
        'Remove member from role (PIM activation expired)',
        'Add member to role requested (PIM activation)',
        'Add member to role completed (PIM activation)',
      ]);
    }
  });

  test('rows of the documented shape, with who, what, why and the request', () => {
    const world = testWorld();
    const request = fileRequest(world, ada, ask({ ticketNumber: 'CHG-1' }));
    const requested = audits(world).find((row) => String(row.activityDisplayName).includes('requested'));
    expect(requested).toEqual({
      id: expect.stringMatching(/^PIM_/),
      category: 'RoleManagement',
      correlationId: request.id,
      result: 'success',
      resultReason: 'Reset a password',
      activityDisplayName: 'Add member to role requested (PIM activation)',
      activityDateTime: new Date(noon).toISOString(),
      loggedByService: 'PIM',
      operationType: 'CreateRequest',
      initiatedBy: {
        app: null,
        user: {
          id: ids.ada,
          displayName: 'ada',
          userPrincipalName: 'ada@test.example',
          ipAddress: '127.0.0.1',
          userType: 'Member',
          homeTenantId: world.state.tenantId,
          homeTenantName: 'Test',
        },
      },
      targetResources: expect.arrayContaining([
        expect.objectContaining({
          type: 'Role',
          displayName: 'userAdministrator',
          modifiedProperties: expect.arrayContaining([
            {
              displayName: 'RoleDefinitionOriginId',
              oldValue: '""',
              newValue: `"${knownRoles.userAdministrator}"`,
            },
          ]),
        }),
        expect.objectContaining({ type: 'User', id: ids.ada, userPrincipalName: 'ada@test.example' }),
      ]),
      additionalDetails: expect.any(Array),
    });
    expect(details(requested)).toMatchObject({
      AuditType: 'CreateRequestRoleActivation',
      IsAuthenticatedWithMfa: 'True',
      IsActivationRequireApproval: 'false',
      TicketNumber: 'CHG-1',
      RoleAssignmentRequestId: request.id,
    });
  });

  test('approval, denial, cancelling and running out', () => {
    const pending = () => {
      const world = testWorld();
      setPolicy(world, { approval: byApprovers });
      return { world, request: fileRequest(world, ada, ask()) };
    };
    const first = [
      'Add member to role requested (PIM activation)',
      'Add member to role approval requested (PIM activation)',
    ];
    const approved = pending();
    decide(approved.world, bo, approved.request.id, approved.request.id, 'Approve', 'ok');
    expect(names(approved.world)).toEqual([
      ...first,
      'Add member to role request approved (PIM activation)',
      'Add member to role completed (PIM activation)',
    ]);
    const denied = pending();
    decide(denied.world, bo, denied.request.id, denied.request.id, 'Deny', 'Not today');
    const refused = audits(
      denied.world,
      "?$filter=startswith(activityDisplayName,'Add member to role request denied')",
    );
    expect(refused).toMatchObject([{ resultReason: 'Not today', initiatedBy: { user: { id: ids.bo } } }]);
    const canceled = pending();
    cancelRequest(canceled.world, ada, canceled.request.id);
    expect(names(canceled.world)).toEqual([...first, 'Add member to role canceled (PIM activation)']);
    const late = pending();
    late.world.advance(24 * hour);
    settle(late.world);
    expect(names(late.world).slice(2, 3)).toEqual(['Add member to role canceled (PIM activation)']);
  });

  test('what administrators do, and what it refuses them', () => {
    const world = testWorld();
    const permanent = { type: 'noExpiration' as const, duration: null, endAt: null };
    const lou = { principalId: ids.lou, side: 'eligibility' as const, expiration: permanent };
    fileRequest(world, mira, ask({ ...lou, action: 'adminAssign' }));
    fileRequest(world, mira, ask({ ...lou, action: 'adminRemove' }));
    expect(names(world)).toEqual([
      'Add eligible member to role in PIM requested (permanent)',
      'Add eligible member to role in PIM completed (permanent)',
      'Process role removal request',
      'Remove eligible member from role in PIM completed (permanent)',
    ]);
    fileRequest(world, ada, ask());
    world.advance(3 * minute);
    expect(() => fileRequest(world, mira, ask({ action: 'adminRemove', expiration: off }))).toThrow();
    const failure = audits(world, "?$filter=result eq 'failure'");
    expect(failure).toMatchObject([
      { activityDisplayName: 'Process role removal request', resultReason: 'ActiveDurationTooShort' },
    ]);
    expect(details(failure[0]).AuditType).toBe('CreateRoleRemovalRequest');
  });

  test('nothing for a question, and a start that lies ahead only when it comes', () => {
    const world = testWorld();
    fileRequest(world, ada, ask({ validateOnly: true }));
    expect(names(world)).toEqual([]);
    fileRequest(world, ada, ask({ startAt: noon + hour }));
    expect(names(world)).toHaveLength(1);
    world.advance(hour);
    settle(world);
    expect(names(world)).toContain('Add member to role completed (PIM activation)');
  });

  test('every two hours about a role held outside of it, with a fresh id', () => {
    const world = testWorld();
    active(world, { principalId: ids.lou, role: knownRoles.securityReader });
    const alarms = () =>
      audits(world, "?$filter=startswith(activityDisplayName,'Add member to role outside of PIM')").filter(
        (row) => (row.targetResources as Row[]).some(({ id }) => id === ids.lou),
      );
    for (let step = 0; step < 3; step++) {
      settle(world);
      world.advance(hour);
    }
    const [one, other, ...more] = alarms();
    expect(more).toEqual([]);
    expect(one?.id).not.toBe(other?.id);
  });

  test('and the directory writes what PIM does in it', () => {
    const world = testWorld();
    fileRequest(world, ada, ask({ plane: 'group', role: 'member', scope: ids.onCall }));
    world.advance(hour);
    settle(world);
    const rows = audits(world, "?$filter=loggedByService eq 'Core Directory'");
    expect(rows.map((row) => row.activityDisplayName)).toEqual([
      'Remove member from group',
      'Add member to group',
    ]);
    expect(rows[0]?.initiatedBy).toMatchObject({ user: null, app: { displayName: 'MS-PIM' } });
  });
});

describe('the audit log', () => {
  test('is filtered as documented, newest first, thirty days back', () => {
    const world = testWorld();
    fileRequest(world, ada, ask());
    expect(audits(world, `?$filter=initiatedBy/user/id eq '${ids.bo}'`)).toEqual([]);
    expect(audits(world, `?$filter=targetResources/any(t:t/id eq '${ids.ada}')`).length).toBeGreaterThan(0);
    expect(audits(world, '?$filter=activityDateTime ge 2026-06-01T12:00:01Z')).toEqual([]);
    expect(refusalOf(send(world, reader, `GET ${path}?$filter=resultReason eq 'x'`))).toBe(
      '400 Request_BadRequest',
    );
    expect(refusalOf(send(world, reader, `GET ${path}?$orderby=category`))).toBe('400 Request_BadRequest');
    const [first] = audits(world, '?$top=1');
    const next = bodyOf(send(world, reader, `GET ${path}?$top=1`))['@odata.nextLink'];
    expect(String(next)).toContain('$skiptoken=');
    expect(bodyOf(send(world, reader, `GET ${path}/${first?.id}`))).toMatchObject({ id: first?.id });
    world.advance(30 * 24 * hour);
    expect(audits(world)).toEqual([]);
  });

  test('is for apps with the permission and people with a reader’s role', () => {
    const scopes = [...everyScope, 'AuditLog.Read.All'];
    expect(send(testWorld(), person(ids.gil, { scopes }), `GET ${path}`).status).toBe(200);
    for (const who of [
      person(ids.ada, { scopes }),
      person(ids.gil, { scopes: everyScope }),
      app('Directory.Read.All'),
    ]) {
      expect(refusalOf(send(testWorld(), who, `GET ${path}`))).toBe('403 Authorization_RequestDenied');
    }
  });
});
