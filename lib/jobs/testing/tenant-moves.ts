import { randomUUID } from 'node:crypto';
import type { RunningEmulator } from '#lib/auth/testing.ts';
import { trustAuthority } from './azure-person.ts';

const tenant = 'c0470500-0000-4000-8000-000000000001';
/** The Applier's registration may change all three planes; nothing of Stint's is asked for here. */
const client = { client_id: '5717a000-0000-4000-8000-000000000004', client_secret: 'applier-secret' };
const arm = 'providers/Microsoft.Authorization';
const directory = '/v1.0/roleManagement/directory';

export interface Counted {
  kind: 'eligible' | 'active';
  assignmentType: 'assigned' | 'activated';
  plane: 'entra' | 'azure' | 'group';
  principalId: string;
  principalName: string;
  role: string;
  roleName: string;
  scope: string;
  endAt: string | null;
}

export type TenantMoves = Awaited<ReturnType<typeof tenantMoves>>;

/** Changes made in the tenant itself, where Stint is not asked; each answers the status Azure gave. */
export async function tenantMoves(emulator: RunningEmulator, folder: string, random: () => number) {
  trustAuthority(folder);
  const origin = `https://localhost:${emulator.httpsPort}`;
  const tokenFor = async (resource: string): Promise<string> => {
    const body = new URLSearchParams({
      ...client,
      grant_type: 'client_credentials',
      scope: `${resource}/.default`,
    });
    const answer = await fetch(`${origin}/${tenant}/oauth2/v2.0/token`, { method: 'POST', body });
    return ((await answer.json()) as { access_token: string }).access_token;
  };
  const tokens = {
    graph: await tokenFor('https://graph.microsoft.com'),
    arm: await tokenFor('https://management.azure.com'),
  };
  async function call(method: string, path: string, body?: object) {
    const token = /^\/(v1\.0|beta)\//.test(path) ? tokens.graph : tokens.arm;
    const answer = await fetch(origin + path, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, body: text ? JSON.parse(text) : null };
  }
  const counted = async (): Promise<Counted[]> =>
    (await fetch(`http://localhost:${emulator.httpPort}/_emulator/assignments`)).json() as Promise<Counted[]>;
  const pick = <T>(some: readonly T[]): T => {
    const one = some[Math.floor(random() * some.length)];
    if (one === undefined) throw new Error('There is nothing to pick from.');
    return one;
  };
  /** Not Stint's own: who makes these changes, and who looks for them, must go on. */
  const given = async (plane: Counted['plane'], kind: Counted['kind']) =>
    pick(
      (await counted()).filter(
        (one) =>
          one.plane === plane &&
          one.kind === kind &&
          one.assignmentType === 'assigned' &&
          !one.principalName.startsWith('Stint '),
      ),
    );
  const groups = async () =>
    (await call('GET', '/v1.0/groups?$select=id&$top=999')).body.value as { id: string }[];
  const people = async () =>
    (await call('GET', '/v1.0/users?$select=id&$top=100')).body.value as { id: string }[];
  const someone = async () => pick(await people()).id;
  const length = () => ({ type: 'AfterDuration', duration: pick(['PT2H', 'P1D', 'P90D']) });

  async function entra(action: 'adminAssign' | 'adminRemove', kind: Counted['kind']) {
    const { role, principalId, scope } = await given('entra', kind);
    const name = kind === 'eligible' ? 'roleEligibilityScheduleRequests' : 'roleAssignmentScheduleRequests';
    const { status } = await call('POST', `${directory}/${name}`, {
      ...{ action, roleDefinitionId: role, directoryScopeId: scope, justification: 'Outside of Stint' },
      principalId: action === 'adminAssign' ? await someone() : principalId,
      ...(action === 'adminAssign' && {
        scheduleInfo: { startDateTime: new Date().toISOString(), expiration: length() },
      }),
    });
    return status;
  }
  async function azureEligible(requestType: 'AdminAssign' | 'AdminRemove') {
    const { role, principalId, scope } = await given('azure', 'eligible');
    const { status } = await call(
      'PUT',
      `${scope}/${arm}/roleEligibilityScheduleRequests/${randomUUID()}?api-version=2020-10-01`,
      {
        properties: {
          ...{ requestType, justification: 'Outside of Stint' },
          principalId: requestType === 'AdminAssign' ? await someone() : principalId,
          roleDefinitionId: `${scope}/${arm}/roleDefinitions/${role}`,
          ...(requestType === 'AdminAssign' && { scheduleInfo: { expiration: length() } }),
        },
      },
    );
    return status;
  }
  const assigned = (scope: string, name: string) =>
    `${scope}/${arm}/roleAssignments/${name}?api-version=2022-04-01`;
  return {
    counted,
    call,
    moves: {
      entraAssigned: () => entra('adminAssign', 'active'),
      entraRemoved: () => entra('adminRemove', 'active'),
      entraEligible: () => entra('adminAssign', 'eligible'),
      entraNotEligible: () => entra('adminRemove', 'eligible'),
      azureEligible: () => azureEligible('AdminAssign'),
      azureNotEligible: () => azureEligible('AdminRemove'),
      async azureAssigned() {
        const { role, scope } = await given('azure', 'active');
        const properties = {
          principalId: await someone(),
          roleDefinitionId: `${scope}/${arm}/roleDefinitions/${role}`,
        };
        return (await call('PUT', assigned(scope, randomUUID()), { properties })).status;
      },
      async azureRemoved() {
        const { scope, principalId, role } = await given('azure', 'active');
        const filter = encodeURIComponent(`principalId eq '${principalId}'`);
        const list = await call(
          'GET',
          `${scope}/${arm}/roleAssignments?api-version=2022-04-01&$filter=${filter}`,
        );
        if (list.status !== 200) return list.status;
        const rows = list.body.value as {
          name: string;
          properties: { scope: string; roleDefinitionId: string };
        }[];
        const row = rows.find(
          ({ properties: one }) =>
            one.roleDefinitionId.endsWith(role) && one.scope.toLowerCase() === scope.toLowerCase(),
        );
        return row ? (await call('DELETE', assigned(scope, row.name))).status : 404;
      },
      async joined() {
        const member = {
          '@odata.id': `https://graph.microsoft.com/v1.0/directoryObjects/${await someone()}`,
        };
        return (await call('POST', `/v1.0/groups/${pick(await groups()).id}/members/$ref`, member)).status;
      },
      async left() {
        const { id } = pick(await groups());
        const members = (await call('GET', `/v1.0/groups/${id}/members?$select=id`)).body.value as {
          id: string;
        }[];
        if (members.length === 0) return 404;
        return (await call('DELETE', `/v1.0/groups/${id}/members/${pick(members).id}/$ref`)).status;
      },
    },
  };
}
