import { randomUUID } from 'node:crypto';
import { type APIRequestContext, request } from '@playwright/test';
import { delegatedToken } from '#e2e/fixtures/azure-portal.ts';
import type { Emulator } from '#e2e/fixtures/emulator.ts';

const production = '/subscriptions/55555555-0001-4000-8000-000000000001';
const scopes = [
  production,
  ...['payments', 'platform', 'data'].map((name) => `${production}/resourceGroups/rg-${name}`),
];
const authorization = 'providers/Microsoft.Authorization';
const arm = 'https://management.azure.com/user_impersonation';
const wanted = 60;

interface Role {
  id: string;
  properties: { roleName: string; type: string };
}

/** Makes Ada eligible for sixty roles, as the owner of the production subscription may; Stint has to read Azure again. */
export async function giveSixtyRoles(emulator: Emulator): Promise<void> {
  const door = await request.newContext({ ignoreHTTPSErrors: true });
  try {
    const { token, origin } = await delegatedToken(door, emulator.origin, 'ines.castell', arm);
    const headers = { authorization: `Bearer ${token}` };
    const own = await eligibleOf(emulator);
    const ada = own[0]?.principalId;
    const taken = new Set(own.map(({ role, scope }) => `${role} ${scope}`));
    // Two of hers come through groups.
    let missing = wanted - own.length - 2;
    for (const role of await rolesAt(door, origin, headers)) {
      for (const scope of scopes) {
        const id = role.id.split('/').at(-1) ?? '';
        if (missing === 0 || taken.has(`${id} ${scope}`)) continue;
        missing -= 1;
        const path = `${scope}/${authorization}/roleEligibilityScheduleRequests/${randomUUID()}`;
        const answer = await door.put(`${origin}${path}?api-version=2020-10-01`, {
          headers,
          data: {
            properties: {
              requestType: 'AdminAssign',
              principalId: ada,
              roleDefinitionId: `${scope}/${authorization}/roleDefinitions/${id}`,
              justification: 'Sixty rows',
              scheduleInfo: { expiration: { type: 'NoExpiration' } },
            },
          },
        });
        if (!answer.ok())
          throw new Error(`Azure gave no eligibility: ${answer.status()} ${await answer.text()}`);
      }
    }
  } finally {
    await door.dispose();
  }
  // What was given is listed a little later, and Stint reads a person's access once, when they sign in.
  for (let tries = 0; (await eligibleOf(emulator)).length < wanted - 2; tries++) {
    if (tries === 600) throw new Error('Ada’s roles were never listed.');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

const eligibleOf = async (emulator: Emulator) =>
  (await emulator.assignments()).filter(
    ({ kind, principalName }) => kind === 'eligible' && principalName === 'Ada Lind',
  );

async function rolesAt(door: APIRequestContext, origin: string, headers: Record<string, string>) {
  const answer = await door.get(
    `${origin}${production}/${authorization}/roleDefinitions?api-version=2022-04-01`,
    { headers },
  );
  const { value } = (await answer.json()) as { value: Role[] };
  return value.filter(({ properties }) => properties.type === 'BuiltInRole').slice(0, 14);
}
