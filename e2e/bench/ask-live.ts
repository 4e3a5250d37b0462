/** The yardstick of P1b: a page that asks Graph and ARM while the browser waits, as extensions and CLIs do. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type APIRequestContext, request } from '@playwright/test';
import { delegatedToken } from '#e2e/fixtures/azure-portal.ts';

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
  const tokenFor = async (scope: string) => {
    // Each from a sign-in of its own: the authority would not ask a second time.
    const stranger = await request.newContext({ ignoreHTTPSErrors: true });
    const token = await delegatedToken(stranger, authority, login, scope);
    await stranger.dispose();
    return token;
  };
  const arm = await tokenFor('https://management.azure.com/user_impersonation');
  const graph = await tokenFor('https://graph.microsoft.com/.default');
  const asked = {
    arm: (path: string) => list(door, `${arm.origin}${path}`, arm.token),
    graph: (path: string) => list(door, `${graph.origin}/v1.0${path}`, graph.token),
  };
  const server = createServer(async (_, answer) => {
    try {
      const rows = (
        await Promise.all([azure(asked.arm), directory(asked.graph), groups(asked.graph)])
      ).flat();
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

async function azure(ask: List) {
  const pim = '/providers/Microsoft.Authorization';
  const own = 'api-version=2020-10-01&$filter=asTarget()';
  const [eligible] = await Promise.all([
    ask(`${pim}/roleEligibilityScheduleInstances?${own}`),
    ask(`${pim}/roleAssignmentScheduleInstances?${own}`),
  ]);
  const scopes = new Set(eligible.map(({ properties }) => (properties as { scope: string }).scope));
  await Promise.all(
    [...scopes].map((scope) => ask(`${scope}${pim}/roleManagementPolicyAssignments?api-version=2020-10-01`)),
  );
  return eligible;
}

/** Their rules are not asked: an engineer may not read them. */
async function directory(ask: List) {
  const [eligible] = await Promise.all([
    ask(
      "/roleManagement/directory/roleEligibilityScheduleInstances/filterByCurrentUser(on='principal')?$expand=roleDefinition",
    ),
    ask("/roleManagement/directory/roleAssignmentScheduleInstances/filterByCurrentUser(on='principal')"),
  ]);
  return eligible;
}

async function groups(ask: List) {
  const pim = '/identityGovernance/privilegedAccess/group';
  const [eligible] = await Promise.all([
    ask(`${pim}/eligibilityScheduleInstances/filterByCurrentUser(on='principal')?$expand=group`),
    ask(`${pim}/assignmentScheduleInstances/filterByCurrentUser(on='principal')`),
  ]);
  return eligible;
}

async function list(door: APIRequestContext, url: string, token: string): Promise<Listed['value']> {
  const answer = await door.get(url, { headers: { authorization: `Bearer ${token}` } });
  if (!answer.ok()) throw new Error(`${url}: ${answer.status()} ${await answer.text()}`);
  return ((await answer.json()) as Listed).value;
}

const rowOf = (row: Record<string, unknown>) => `<tr><td>${JSON.stringify(row).slice(0, 120)}</td></tr>`;
