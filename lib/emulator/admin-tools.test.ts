import { afterAll, beforeAll, expect, test } from 'vitest';
import { newPkce, redeem, signIn } from './entra/testing/code-flow.ts';
import { type Running, startForTest } from './entra/testing/running.ts';
import { entraRole } from './tenant/entra-roles.ts';
import { personId } from './tenant/people.ts';
import { ADMIN_TOOLS } from './tenant/registrations.ts';

let running: Running;
beforeAll(async () => {
  running = await startForTest();
});
afterAll(() => running.end());

/** A Graph token of the administrators' application, for whoever signs in. */
async function tokenOf(login: string): Promise<string> {
  const { verifier, challenge } = newPkce();
  const scope = 'openid offline_access https://graph.microsoft.com/.default';
  const client = { client_id: ADMIN_TOOLS, client_secret: 'admin-secret' };
  const asked = { client_id: ADMIN_TOOLS, scope, code_challenge: challenge, code_challenge_method: 'S256' };
  const back = await signIn(running, `${login}@contoso.example`, asked);
  return (await redeem(running, back, verifier, client)).body.access_token;
}

async function call(token: string, method: string, path: string, body?: object) {
  const response = await fetch(`${running.emulator.httpsOrigin}/v1.0${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text ? JSON.parse(text) : null };
}

test('an administrator signed in for real changes settings, assigns, and reads both in the audit log', async () => {
  const token = await tokenOf('breakglass.one');
  const role = entraRole('Reports Reader');
  const filter = `scopeId eq '/' and scopeType eq 'DirectoryRole' and roleDefinitionId eq '${role}'`;
  const list = await call(
    token,
    'GET',
    `/policies/roleManagementPolicyAssignments?$filter=${encodeURIComponent(filter)}`,
  );
  const policy = `/policies/roleManagementPolicies/${list.body.value[0].policyId}`;
  const rule = {
    '@odata.type': '#microsoft.graph.unifiedRoleManagementPolicyExpirationRule',
    id: 'Expiration_Admin_Eligibility',
    isExpirationRequired: true,
    maximumDuration: 'P90D',
    target: { caller: 'Admin', operations: ['All'], level: 'Eligibility' },
  };
  expect(await call(token, 'PATCH', `${policy}/rules/${rule.id}`, rule)).toEqual({ status: 204, body: null });
  const assign = (expiration: object) =>
    call(token, 'POST', '/roleManagement/directory/roleEligibilityScheduleRequests', {
      action: 'AdminAssign',
      principalId: personId('lou.grant'),
      roleDefinitionId: role,
      directoryScopeId: '/',
      justification: 'Quarter end',
      scheduleInfo: { startDateTime: '2021-07-01T00:00:00Z', expiration },
    });
  expect((await assign({ type: 'NoExpiration' })).body.error.message).toContain('["ExpirationRule"]');
  const made = await assign({ type: 'AfterDuration', duration: 'P30D' });
  expect([made.status, made.body.status]).toEqual([201, 'Provisioned']);
  const audits = await call(
    token,
    'GET',
    `/auditLogs/directoryAudits?$filter=${encodeURIComponent("loggedByService eq 'PIM'")}`,
  );
  const names = audits.body.value.map((row: { activityDisplayName: string }) => row.activityDisplayName);
  expect(names).toEqual(
    expect.arrayContaining([
      'Update role setting in PIM',
      'Add eligible member to role in PIM completed (timebound)',
    ]),
  );
});

test('the same application does nothing for who may nothing', async () => {
  const token = await tokenOf('ada.lind');
  const users = await call(token, 'PATCH', `/users/${personId('lou.grant')}`, { accountEnabled: false });
  const audits = await call(token, 'GET', '/auditLogs/directoryAudits');
  expect([users.status, audits.status]).toEqual([403, 403]);
});

test('sessions revoked by an administrator end the refresh tokens of before', async () => {
  const administrator = await tokenOf('breakglass.one');
  const revoked = await call(administrator, 'POST', `/users/${personId('kofi.mensah')}/revokeSignInSessions`);
  expect(revoked).toMatchObject({ status: 200, body: { value: true } });
  expect(running.emulator.world.state.graph.sessionsRevokedAt).toHaveProperty(personId('kofi.mensah'));
});
