/** Changes somebody makes in a large tenant itself, where Stint is not asked. */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { request } from 'node:https';
import { join } from 'node:path';
import type { Assignment } from '#e2e/fixtures/emulator.ts';

const tenant = 'c0470500-0000-4000-8000-000000000001';
/** The local tenant's one application that may assign everything. */
const client = { client_id: '5717a000-0000-4000-8000-000000000004', client_secret: 'applier-secret' };
const each = 10;

interface Door {
  httpsPort: number;
  /** The emulator's data folder, where its authority's certificate is. */
  folder: string;
}

/** Gives ten people an Azure role and takes one from ten, and ten an Entra role. @returns how many changes were made. */
export async function changeTenant(door: Door, held: readonly Assignment[]): Promise<number> {
  const send = sender(door);
  const arm = await token(send, 'https://management.azure.com');
  const graph = await token(send, 'https://graph.microsoft.com');
  const standing = (plane: Assignment['plane']) =>
    held.filter(
      (one) =>
        one.plane === plane &&
        one.kind === 'active' &&
        one.assignmentType === 'assigned' &&
        !one.principalName.startsWith('Stint') &&
        (plane === 'entra' || one.scope.startsWith('/subscriptions/')),
    );
  const people = spread(held.filter(({ plane }) => plane === 'group'));
  let made = 0;
  const count = ({ status }: Answer) => {
    if (status < 300) made += 1;
  };
  for (const [at, { scope, role }] of spread(standing('azure')).entries()) {
    const path = `${scope}/providers/Microsoft.Authorization/roleAssignments/${randomUUID()}?api-version=2022-04-01`;
    const roleDefinitionId = `${scope}/providers/Microsoft.Authorization/roleDefinitions/${role}`;
    const properties = { principalId: people[at]?.principalId, roleDefinitionId };
    count(await send('PUT', path, arm, { properties }));
  }
  for (const [at, { role }] of spread(standing('entra')).entries())
    count(
      await send('POST', '/v1.0/roleManagement/directory/roleAssignmentScheduleRequests', graph, {
        ...{ action: 'adminAssign', justification: 'Outside of Stint', directoryScopeId: '/' },
        ...{ principalId: people[at]?.principalId, roleDefinitionId: role },
        scheduleInfo: { expiration: { type: 'AfterDuration', duration: 'P1D' } },
      }),
    );
  return made;
}

/** Ten of them, from the first to the last. */
function spread<T>(some: readonly T[]): T[] {
  return Array.from({ length: each }, (_, at) => some[Math.floor((at * some.length) / each)]).flatMap(
    (one) => one ?? [],
  );
}

interface Answer {
  status: number;
  text: string;
}
type Send = (method: string, path: string, bearer: string | null, body: object | string) => Promise<Answer>;

function sender({ httpsPort, folder }: Door): Send {
  const ca = readFileSync(join(folder, 'emulator', 'ca.pem'));
  return (method, path, bearer, body) =>
    new Promise((resolve, reject) => {
      const isForm = typeof body === 'string';
      const headers = {
        'content-type': isForm ? 'application/x-www-form-urlencoded' : 'application/json',
        ...(bearer && { authorization: `Bearer ${bearer}` }),
      };
      const call = request({ host: 'localhost', port: httpsPort, method, path, ca, headers }, (answer) => {
        let text = '';
        answer.setEncoding('utf8');
        answer.on('data', (some) => {
          text += some;
        });
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text }));
      });
      call.on('error', reject);
      call.end(isForm ? body : JSON.stringify(body));
    });
}

async function token(send: Send, resource: string): Promise<string> {
  const form = new URLSearchParams({
    ...client,
    grant_type: 'client_credentials',
    scope: `${resource}/.default`,
  });
  const { text } = await send('POST', `/${tenant}/oauth2/v2.0/token`, null, form.toString());
  return (JSON.parse(text) as { access_token: string }).access_token;
}
