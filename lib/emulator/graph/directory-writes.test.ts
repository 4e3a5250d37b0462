import { describe, expect, test } from 'vitest';
import { fileRequest } from '#lib/emulator/pim/file.ts';
import { activeFor, groupsOf } from '#lib/emulator/pim/holdings.ts';
import { knownRoles } from '#lib/emulator/pim/known-roles.ts';
import { ids, testId } from '#lib/emulator/pim/test-tenant.ts';
import { active, app, ask, person, testWorld } from '#lib/emulator/pim/testing.ts';
import { bodyOf, everyScope, refusalOf, rowsOf, send } from './testing.ts';

const denied = '403 Authorization_RequestDenied';
const scopes = [
  ...everyScope,
  'GroupMember.ReadWrite.All',
  'User.ReadWrite.All',
  'RoleManagement.ReadWrite.Directory',
];
const uma = person(ids.lou, { scopes });
/** lou as User Administrator. */
function world() {
  const made = testWorld();
  active(made, { principalId: ids.lou, role: knownRoles.userAdministrator });
  return made;
}
const reference = (id: string) => ({
  body: { '@odata.id': `https://graph.microsoft.com/v1.0/directoryObjects/${id}` },
});
const members = `/v1.0/groups/${ids.approvers}/members`;

describe('members of a group', () => {
  test('are added and removed by $ref, once', () => {
    const made = world();
    const add = () => send(made, uma, `POST ${members}/$ref`, reference(ids.ada));
    expect(add()).toEqual({ status: 204 });
    expect(groupsOf(made, ids.ada)).toContain(ids.approvers);
    expect(refusalOf(add())).toBe('400 Request_BadRequest');
    const remove = () => send(made, uma, `DELETE ${members}/${ids.ada}/$ref`);
    expect(remove()).toEqual({ status: 204 });
    expect(refusalOf(remove())).toBe('404 Request_ResourceNotFound');
  });

  test('without $ref are deleted themselves, where the caller may, and 403 where not', () => {
    const made = world();
    expect(refusalOf(send(made, app('GroupMember.ReadWrite.All'), `DELETE ${members}/${ids.bo}`))).toBe(
      denied,
    );
    expect(made.state.users.some(({ id }) => id === ids.bo)).toBe(true);
    expect(send(made, uma, `DELETE ${members}/${ids.bo}`).status).toBe(204);
    expect(made.state.users.some(({ id }) => id === ids.bo)).toBe(false);
    expect(made.state.groups.flatMap(({ memberIds }) => memberIds)).not.toContain(ids.bo);
  });

  test('of a role-assignable group want more permission and a higher role, or its owner', () => {
    const made = world();
    const line = `POST /v1.0/groups/${ids.onCall}/members/$ref`;
    expect(refusalOf(send(made, uma, line, reference(ids.bo)))).toBe(denied);
    expect(refusalOf(send(made, app('GroupMember.ReadWrite.All'), line, reference(ids.bo)))).toBe(denied);
    const both = app('GroupMember.ReadWrite.All', 'RoleManagement.ReadWrite.Directory');
    expect(send(made, both, line, reference(ids.bo)).status).toBe(204);
    expect(send(made, person(ids.mira, { scopes }), line, reference(ids.gil)).status).toBe(204);
  });

  test('removed by hand are out, though PIM let them in', () => {
    const made = world();
    fileRequest(made, person(ids.ada), ask({ plane: 'group', role: 'member', scope: ids.onCall }));
    const mira = person(ids.mira, { scopes });
    expect(send(made, mira, `DELETE /v1.0/groups/${ids.onCall}/members/${ids.ada}/$ref`).status).toBe(204);
    expect(activeFor(made, ids.ada).filter(({ schedule }) => schedule.plane === 'group')).toEqual([]);
    expect(made.state.graph.audits.at(-1)).toMatchObject({
      activity: 'Remove member from group',
      service: 'Core Directory',
      initiatedBy: { userId: ids.mira },
    });
  });
});

describe('references', () => {
  const at = (id: string) => ({ '@odata.id': `https://localhost:4443/v1.0/directoryObjects/${id}` });
  const refs = (made: ReturnType<typeof world>, path: string) =>
    send(made, app('GroupMember.Read.All', 'AdministrativeUnit.ReadWrite.All'), `GET /v1.0${path}/$ref`);

  test('to members and owners of a group are where they are, no more', () => {
    const made = world();
    made.state.groups[1]?.ownerIds.push(ids.mira);
    const answer = refs(made, `/groups/${ids.approvers}/members`);
    expect(answer.body).toEqual({
      '@odata.context': 'https://localhost:4443/v1.0/$metadata#Collection($ref)',
      value: [at(ids.bo)],
    });
    expect(rowsOf(refs(made, `/groups/${ids.approvers}/owners`))).toEqual([at(ids.mira)]);
  });

  test('put members into a unit and take them out, for its administrators and applications alone', () => {
    const made = world();
    const unit = {
      id: testId(41),
      displayName: 'Payments',
      description: null,
      isMemberManagementRestricted: false,
      memberIds: [],
    };
    made.state.graph.administrativeUnits.push(unit);
    const path = `/directory/administrativeUnits/${unit.id}/members`;
    const unitScopes = [...scopes, 'AdministrativeUnit.ReadWrite.All'];
    const mira = person(ids.mira, { scopes: unitScopes });
    const add = (who = mira) => send(made, who, `POST /v1.0${path}/$ref`, reference(ids.ada));
    expect(refusalOf(add(person(ids.lou, { scopes: unitScopes })))).toBe(denied);
    expect(refusalOf(add(app('AdministrativeUnit.Read.All')))).toBe(denied);
    expect(add()).toEqual({ status: 204 });
    expect(refusalOf(add())).toBe('400 Request_BadRequest');
    expect(rowsOf(refs(made, path))).toEqual([at(ids.ada)]);
    expect(bodyOf(send(made, mira, `GET /v1.0${path}/${ids.ada}`))).toMatchObject({ displayName: 'ada' });
    expect(refusalOf(send(made, mira, `GET /v1.0${path}/${ids.bo}`))).toBe('404 Request_ResourceNotFound');
    const remove = () => send(made, mira, `DELETE /beta${path.replace('/directory', '')}/${ids.ada}/$ref`);
    expect(remove()).toEqual({ status: 204 });
    expect(refusalOf(remove())).toBe('404 Request_ResourceNotFound');
    expect(made.state.graph.audits.at(-1)).toMatchObject({
      activity: 'Remove member from administrative unit',
      targets: [{ displayName: 'ada' }, { displayName: 'Payments', type: 'Other' }],
    });
  });
});

describe('users', () => {
  test('are disabled and enabled by an administrator, by the permission of an app, not by an engineer', () => {
    const made = world();
    const patch = (who = uma) =>
      send(made, who, `PATCH /v1.0/users/${ids.ada}`, { body: { accountEnabled: false } });
    expect(patch().status).toBe(204);
    expect(made.state.users.find(({ id }) => id === ids.ada)?.accountEnabled).toBe(false);
    expect(patch(app('User.EnableDisableAccount.All')).status).toBe(204);
    expect(refusalOf(patch(person(ids.bo, { scopes })))).toBe(denied);
    expect(refusalOf(patch(app('User.Read.All')))).toBe(denied);
  });

  test('with a directory role are left alone by lesser administrators and apps', () => {
    const line = `PATCH /v1.0/users/${ids.gil}`;
    const body = { body: { accountEnabled: false } };
    expect(refusalOf(send(world(), uma, line, body))).toBe(denied);
    expect(refusalOf(send(world(), app('User.ReadWrite.All'), line, body))).toBe(denied);
  });

  test('are signed out everywhere; guests are not', () => {
    const made = world();
    const signIn = (userId: string) => ({ sid: userId, userId, mfa: true, startedAt: 0 });
    made.state.signIns = [signIn(ids.ada), signIn(ids.vic)];
    for (const id of [ids.ada, ids.vic]) {
      const answer = send(made, uma, `POST /v1.0/users/${id}/revokeSignInSessions`);
      expect(answer.status).toBe(200);
      expect(bodyOf(answer)).toEqual({
        '@odata.context': 'https://localhost:4443/v1.0/$metadata#Edm.Boolean',
        value: true,
      });
    }
    expect(made.state.signIns.map(({ userId }) => userId)).toEqual([ids.vic]);
    expect(
      refusalOf(send(made, person(ids.bo, { scopes }), `POST /v1.0/users/${ids.ada}/revokeSignInSessions`)),
    ).toBe(denied);
  });

  test('deleted leave no membership and no directory role, and their requests are withdrawn', () => {
    const made = world();
    fileRequest(made, person(ids.ada), ask({ startAt: made.now() + 3_600_000 }));
    expect(send(made, uma, `DELETE /v1.0/users/${ids.ada}`).status).toBe(204);
    expect(made.state.requests.at(-1)?.status).toBe('Canceled');
    expect(made.state.schedules.filter(({ principalId }) => principalId === ids.ada)).toMatchObject([
      { plane: 'azure' },
    ]);
  });
});
