import { describe, expect, it } from 'vitest';
import { appRoleGrants } from '#lib/emulator/graph/directory/consents.ts';
import { policyFor } from '#lib/emulator/pim/policies.ts';
import { groupId } from './groups.ts';
import { DAY } from './numbered-id.ts';
import { personId } from './people.ts';
import { GRAPH_PRINCIPAL } from './platform-principals.ts';
import { seedTenant } from './seed.ts';
import { APPLIER_APP, READER_APP, servicePrincipalId } from './service-principals.ts';

const now = Date.UTC(2026, 5, 1, 12);
const state = seedTenant(now);
const disabled = state.users.filter(({ accountEnabled }) => !accountEnabled).map(({ id }) => id);
const guests = state.users.filter(({ userType }) => userType === 'Guest').map(({ id }) => id);

function rolesOf(id: string, kind?: string): string[] {
  return state.schedules
    .filter((one) => one.principalId === id && (kind === undefined || one.kind === kind))
    .map(
      ({ plane, role }) =>
        state.entraRoles.find((one) => plane === 'entra' && one.id === role)?.displayName ??
        state.azureRoles.find((one) => plane === 'azure' && one.name === role)?.roleName ??
        role,
    );
}

function policyOf(name: string) {
  const role = state.entraRoles.find(({ displayName }) => displayName === name)?.id;
  return state.policies.find((one) => one.plane === 'entra' && one.role === role);
}

describe('what an inventory should find in Contoso, and beside it what it should not', () => {
  it('disabled principals: one still assigned, one with nothing; a workload too', () => {
    expect(disabled.map((id) => rolesOf(id))).toEqual([['Exchange Administrator'], []]);
    const old = state.servicePrincipals.find(({ displayName }) => displayName === 'old-reporting');
    expect(old?.accountEnabled).toBe(false);
    expect(rolesOf(old?.id ?? '')).toEqual(['Reader']);
  });

  it('guests: one with privilege, one without', () => {
    expect(guests.map((id) => rolesOf(id).length)).toEqual([1, 0]);
  });

  it('standing privilege: of the sealed accounts, of others, and of a delegate on a leash', () => {
    expect(rolesOf(personId('breakglass.one'), 'active')).toEqual(['Global Administrator']);
    expect(rolesOf(personId('ines.castell'), 'active')).toEqual(['Owner']);
    expect(rolesOf(personId('yara.haddad'), 'active')).toEqual(['Message Center Reader']);
    const elevated = state.schedules.filter(({ plane, scope }) => plane === 'azure' && scope === '/');
    expect(elevated.map(({ principalId }) => principalId)).toContain(personId('greta.moss'));
    const held = state.schedules.filter(({ condition }) => condition !== null);
    expect(held.map(({ principalId }) => principalId)).toEqual([personId('petra.holm')]);
  });

  it('role-assignable groups: with standing members who hold a role through it, and without', () => {
    const [watch, onCall] = ['sg-security-operations', 'sg-oncall-platform'].map((name) => groupId(name));
    expect(rolesOf(watch ?? '', 'active')).toEqual(['Global Reader']);
    expect(state.groups.find(({ id }) => id === watch)?.memberIds).not.toEqual([]);
    expect(state.groups.find(({ id }) => id === onCall)?.memberIds).toEqual([]);
  });

  it('workloads: one privileged, unowned and idle for more than 90 days; one owned and used', () => {
    const facts = (name: string) => {
      const one = state.servicePrincipals.find(({ displayName }) => displayName === name);
      const use = state.graph.workloadActivity.find(({ appId }) => appId === one?.appId)?.appOnlyClientAt;
      return { owners: one?.ownerIds.length, idle: use ? Math.floor((now - use) / DAY) : null };
    };
    expect(rolesOf(servicePrincipalId('invoice-export'), 'active')).toContain('Directory Writers');
    expect(facts('invoice-export')).toEqual({ owners: 0, idle: 190 });
    expect(facts('payments-api')).toEqual({ owners: 1, idle: 0 });
  });

  it('settings: critical roles without approval and with, approvers who are gone and who are there', () => {
    expect(policyOf('Privileged Role Administrator')?.approval.required).toBe(false);
    expect(policyOf('Global Administrator')?.approval.required).toBe(true);
    const living = (name: string) =>
      policyOf(name)
        ?.approval.approvers.flatMap(({ id }) => state.groups.find((one) => one.id === id)?.memberIds ?? [id])
        .filter((id) => !disabled.includes(id)).length;
    expect([living('Billing Administrator'), living('Security Administrator')]).toEqual([0, 2]);
  });

  it('authentication contexts: one enforced by a policy, one only reported on', () => {
    const behind = (name: string) => {
      const context = policyOf(name)?.authenticationContext.claimValue ?? '';
      return state.graph.conditionalAccessPolicies
        ?.filter(({ authenticationContexts }) => authenticationContexts.includes(context))
        .map((one) => one.state);
    };
    expect(behind('Privileged Role Administrator')).toEqual(['enabled']);
    expect(behind('Cloud Application Administrator')).toEqual(['enabledForReportingButNotEnforced']);
  });

  it('sealed accounts: one is left out of every policy, one is not', () => {
    const heldBy = (login: string) =>
      state.graph.conditionalAccessPolicies?.filter(
        ({ excludeUsers }) => !excludeUsers.includes(personId(login)),
      ).length;
    expect([heldBy('breakglass.one'), heldBy('breakglass.two')]).toEqual([0, 1]);
  });

  it('use: eligibilities used to the end, given back early, and never used', () => {
    const by = (login: string, words: string) =>
      state.graph.audits.filter(
        ({ activity, targets }) =>
          activity.includes(words) && targets.some(({ id }) => id === personId(login)),
      ).length;
    expect([by('ada.lind', 'completed (PIM activation)'), by('ada.lind', 'PIM deactivate')]).toEqual([3, 1]);
    expect(by('sven.aalto', 'PIM activation')).toBe(0);
  });

  it('windows: one of eight hours used three times for half an hour, and one used to its end', () => {
    const lengths = (login: string) => {
      const of = (words: string) =>
        state.graph.audits
          .filter(
            ({ activity, targets }) =>
              activity.includes(words) && targets.some(({ id }) => id === personId(login)),
          )
          .map(({ at }) => at);
      const ends = [...of('PIM deactivate'), ...of('PIM activation expired')].toSorted();
      return of('completed (PIM activation)').map((at) => {
        const end = ends.find((one) => one > at) ?? 0;
        return Math.round((end - at) / (DAY / 24 / 60));
      });
    };
    const priya = state.schedules.find(({ principalId }) => principalId === personId('priya.nair'));
    expect(
      policyFor({ state, now: () => now, changed: () => {} }, 'azure', priya?.role ?? '', priya?.scope ?? ''),
    ).toMatchObject({ maximumDuration: 'PT8H' });
    expect(lengths('priya.nair')).toEqual([24, 30, 24]);
    expect(lengths('kofi.mensah')).toEqual([480, 360, 480]);
  });

  it('Stint’s own registrations: one with a new secret, one as it was; the Applier may write on three planes', () => {
    const newest = (appId: string) => {
      const made = state.graph.applications.find((one) => one.appId === appId)?.credentials ?? [];
      return Math.min(...made.map(({ startAt }) => Math.round((now - startAt) / DAY)));
    };
    expect([newest(READER_APP), newest(APPLIER_APP)]).toEqual([3, 40]);
    expect(rolesOf(servicePrincipalId('Stint Applier'))).toEqual(['User Access Administrator']);
    const applier = state.registrations.find(({ appId }) => appId === APPLIER_APP);
    expect(applier?.applicationPermissions[0]?.names).toEqual(
      expect.arrayContaining([
        'RoleManagement.ReadWrite.Directory',
        'PrivilegedAssignmentSchedule.ReadWrite.AzureADGroup',
        'GroupMember.ReadWrite.All',
      ]),
    );
    const known = state.graph.workloads.find((one) => one.servicePrincipalId === GRAPH_PRINCIPAL)?.appRoles;
    const names = new Set(known?.map(({ value }) => value));
    expect(applier?.applicationPermissions[0]?.names.filter((name) => !names.has(name))).toEqual([]);
  });

  it('roles in Stint: an administrator since three days ago, and one of old', () => {
    const stint = servicePrincipalId('Stint');
    const given = appRoleGrants(state).filter(({ resourceId }) => resourceId === stint);
    const since = (login: string) =>
      given
        .filter(({ principalId }) => principalId === personId(login))
        .map(({ createdAt }) => Math.round((now - createdAt) / DAY));
    expect(since('nadia.karim')).toEqual([3]);
    expect(since('mira.novak')[0]).toBeGreaterThan(30);
  });

  it('holds still: the same ids at every start', () => {
    expect(seedTenant(now)).toEqual(state);
  });
});
