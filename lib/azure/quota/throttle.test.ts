import { describe, expect, test } from 'vitest';
import { AzureFault } from '#lib/azure/faults.ts';
import { armCharge, graphCharge } from './rates.ts';
import { throttle } from './throttle.ts';

const graph = 'https://graph.example';
const arm = 'https://arm.example';

/** A clock that stands still; what would wait is noted, in milliseconds. */
function standing() {
  const clock = {
    at: 0,
    waits: [] as number[],
    now: () => clock.at,
    pause: async (milliseconds: number) => {
      clock.waits.push(milliseconds);
    },
  };
  return clock;
}
const busy = new AzureFault('busy', { status: 429, message: 'Busy.', retryAfterSeconds: 7 });

describe('a throttle', () => {
  test('lets through what Azure allows at once, and spaces the rest evenly', async () => {
    const clock = standing();
    const { go } = throttle(armCharge, clock);
    for (let call = 0; call < 225; call++) await go(`${arm}/subscriptions/one/x`);
    expect(clock.waits).toEqual([]);
    for (let call = 0; call < 45; call++) await go(`${arm}/subscriptions/one/x`);
    expect(clock.waits).toHaveLength(45);
    expect(Math.max(...clock.waits)).toBeGreaterThanOrEqual(2000);
    expect(Math.max(...clock.waits)).toBeLessThanOrEqual(2200);
    clock.at = 2000;
    clock.waits.length = 0;
    await go(`${arm}/subscriptions/one/x`);
    expect(clock.waits[0]).toBeLessThan(60);
  });

  test('counts every subscription, and the tenant, for itself', async () => {
    const clock = standing();
    const { go } = throttle(armCharge, clock);
    for (const place of ['/subscriptions/one/x', '/subscriptions/TWO/x', '/providers/y'])
      for (let call = 0; call < 225; call++) await go(arm + place);
    expect(clock.waits).toEqual([]);
  });

  test('holds everybody back after three busy answers in a row, and nobody after one', async () => {
    const clock = standing();
    const { go, told } = throttle((url) => graphCharge(url, 0), clock);
    const users = `${graph}/v1.0/users`;
    for (const answer of [busy, busy, null, busy, busy]) told(users, answer);
    await go(users);
    expect(clock.waits).toEqual([]);
    told(`${graph}/beta/reports/x`, busy);
    await go(users);
    expect(clock.waits[0]).toBeGreaterThanOrEqual(7000);
    clock.at = 7001;
    await go(users);
    expect(clock.waits).toHaveLength(1);
  });
});

test.each([
  ['/v1.0/users?$select=id&$expand=manager', 2],
  ['/v1.0/groups/one/members?$select=id', 2],
  ['/v1.0/groups/one/transitiveMembers/microsoft.graph.user?$select=id', 4],
  ['/v1.0/servicePrincipals/one/appRoleAssignedTo?$top=999', 2],
  ['/v1.0/roleManagement/directory/roleDefinitions', 1],
])('%s costs %i units', (path, units) => {
  expect(graphCharge(graph + path, 0).cost).toBe(units);
});

test('a larger tenant is given more', () => {
  const perSecond = (people: number) => graphCharge(`${graph}/v1.0/users`, people).rate.perSecond;
  expect([49, 50, 500, 501].map(perSecond)).toEqual([315, 450, 450, 720]);
});
