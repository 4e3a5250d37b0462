/** The yardstick of P1b: a page that asks Graph and ARM while the browser waits, as extensions and CLIs do. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type APIRequestContext, request } from '@playwright/test';
import { delegatedToken } from '#e2e/fixtures/azure-portal.ts';

const tenantId = 'c0470500-0000-4000-8000-000000000001';
const reader = { client_id: '5717a000-0000-4000-8000-000000000003', client_secret: 'reader-secret' };

interface Listed {
  value: Record<string, unknown>[];
}

export interface LivePage {
  url: string;
  stop(): Promise<void>;
}

/**
 * Serves a person's eligible and active assignments of all three planes, and the rules of each, asked from Azure at
 * every visit: planes and lists side by side, one after the other only what cannot be known before.
 */
export async function serveAskingLive(authority: string, login: string): Promise<LivePage> {
  const door = await request.newContext({ ignoreHTTPSErrors: true });
  const personal = async (scope: string) => {
    // Each from a sign-in of its own: the authority would not ask a second time.
    const stranger = await request.newContext({ ignoreHTTPSErrors: true });
    const token = await delegatedToken(stranger, authority, login, scope);
    await stranger.dispose();
    return token;
  };
  const { origin, token: arm } = await personal('https://management.azure.com/user_impersonation');
  const { token: graph } = await personal('https://graph.microsoft.com/.default');
  const [armRules, graphRules] = await Promise.all(
    ['https://management.azure.com', 'https://graph.microsoft.com'].map((of) =>
      readerToken(door, authority, of),
    ),
  );
  const at =
    (base: string, token = ''): List =>
    (path) =>
      list(door, `${origin}${base}${path}`, token);
  const server = createServer(async (_, answer) => {
    try {
      const planes = await Promise.all([
        azure(at('', arm), at('', armRules)),
        directory(at('/v1.0', graph), at('/v1.0', graphRules)),
        groups(at('/v1.0', graph), at('/v1.0', graphRules)),
      ]);
      const rows = planes.flat();
      answer.setHeader('content-type', 'text/html; charset=utf-8');
      answer.end(`<!doctype html><title>Live</title><table>${rows.map(rowOf).join('')}</table>`);
    } catch (error) {
      answer.statusCode = 500;
      answer.end(error instanceof Error ? error.message : String(error));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  const { port } = server.address() as AddressInfo;
  const stop = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await door.dispose();
  };
  return { url: `http://localhost:${port}/`, stop };
}

type List = (path: string) => Promise<Listed['value']>;

async function azure(ask: List, rules: List) {
  const pim = '/providers/Microsoft.Authorization';
  const own = 'api-version=2020-10-01&$filter=asTarget()';
  const [eligible] = await Promise.all([
    ask(`${pim}/roleEligibilityScheduleInstances?${own}`),
    ask(`${pim}/roleAssignmentScheduleInstances?${own}`),
  ]);
  const scopes = new Set(eligible.map(({ properties }) => (properties as { scope: string }).scope));
  await Promise.all(
    [...scopes].map((scope) =>
      rules(`${scope}${pim}/roleManagementPolicyAssignments?api-version=2020-10-01`),
    ),
  );
  return eligible;
}

async function directory(ask: List, rules: List) {
  const [eligible] = await Promise.all([
    ask(
      "/roleManagement/directory/roleEligibilityScheduleInstances/filterByCurrentUser(on='principal')?$expand=roleDefinition",
    ),
    ask("/roleManagement/directory/roleAssignmentScheduleInstances/filterByCurrentUser(on='principal')"),
    rules(`/policies/roleManagementPolicyAssignments?${rulesOf('/', 'DirectoryRole')}`),
  ]);
  return eligible;
}

async function groups(ask: List, rules: List) {
  const pim = '/identityGovernance/privilegedAccess/group';
  const [eligible] = await Promise.all([
    ask(`${pim}/eligibilityScheduleInstances/filterByCurrentUser(on='principal')?$expand=group`),
    ask(`${pim}/assignmentScheduleInstances/filterByCurrentUser(on='principal')`),
  ]);
  const ids = new Set(eligible.map(({ groupId }) => String(groupId)));
  await Promise.all(
    [...ids].map((id) => rules(`/policies/roleManagementPolicyAssignments?${rulesOf(id, 'Group')}`)),
  );
  return eligible;
}

const rulesOf = (scopeId: string, scopeType: string) =>
  `$filter=scopeId eq '${scopeId}' and scopeType eq '${scopeType}'&$expand=policy($expand=rules)`;

/** Engineers may not read rules; the sandbox's Reader may (client credentials, RFC 6749 4.4). */
async function readerToken(door: APIRequestContext, authority: string, resource: string): Promise<string> {
  const answer = await door.post(`${authority}/${tenantId}/oauth2/v2.0/token`, {
    form: { ...reader, grant_type: 'client_credentials', scope: `${resource}/.default` },
  });
  if (!answer.ok()) throw new Error(`The Reader got no token: ${answer.status()} ${await answer.text()}`);
  return ((await answer.json()) as { access_token: string }).access_token;
}

async function list(door: APIRequestContext, url: string, token: string): Promise<Listed['value']> {
  const answer = await door.get(url, { headers: { authorization: `Bearer ${token}` } });
  if (!answer.ok()) throw new Error(`${url}: ${answer.status()} ${await answer.text()}`);
  return ((await answer.json()) as Listed).value;
}

const rowOf = (row: Record<string, unknown>) => `<tr><td>${JSON.stringify(row).slice(0, 120)}</td></tr>`;
