import { expect, test } from 'vitest';
import { type Metered, makeQuotas } from './quotas.ts';
import { resourceUnits } from './resource-units.ts';

let now = 0;
const call: Metered = {
  method: 'GET',
  path: '/v1.0/users',
  query: new URLSearchParams(),
  appId: 'app-one',
  principalId: 'ada',
  tenantId: 'tenant',
  users: 28,
};
const production = '/subscriptions/One/resourcegroups';

/** How many of these calls pass before one is refused. */
function passing(
  quotas: ReturnType<typeof makeQuotas>,
  api: 'graph' | 'arm',
  changes: Partial<Metered>,
): number {
  for (let count = 0; ; count += 1) {
    if (quotas.take(api, { ...call, ...changes }).refusal) return count;
  }
}

function on(scale = 1): ReturnType<typeof makeQuotas> {
  const quotas = makeQuotas(() => now);
  quotas.settings = { graph: true, arm: true, scale };
  return quotas;
}

test('nothing is refused while the quotas are off, and the headers are there', () => {
  const quotas = makeQuotas(() => now);
  for (let count = 0; count < 1000; count += 1) {
    const { refusal, headers } = quotas.take('arm', { ...call, path: production });
    expect(refusal).toBeNull();
    expect(headers['x-ms-ratelimit-remaining-subscription-reads']).toBe('250');
  }
  expect(quotas.take('graph', call).headers).toEqual({ 'x-ms-resource-unit': '2' });
});

test('a principal has 250 reads of a subscription, refilled at 25 a second', () => {
  const quotas = on();
  expect(passing(quotas, 'arm', { path: production })).toBe(250);
  const { headers, refusal } = quotas.take('arm', { ...call, path: production });
  expect(refusal?.code).toBe('SubscriptionRequestsThrottled');
  expect(headers).toMatchObject({ 'retry-after': '1', 'x-ms-ratelimit-remaining-subscription-reads': '0' });
  expect(quotas.take('arm', { ...call, path: production, principalId: 'bo' }).refusal).toBeNull();
  expect(quotas.take('arm', { ...call, path: '/subscriptions/two' }).refusal).toBeNull();
  now += 2000;
  expect(passing(quotas, 'arm', { path: production })).toBe(50);
});

test('writes and deletes have 200 each, at 10 a second; the tenant level has its own', () => {
  const quotas = on();
  expect(passing(quotas, 'arm', { path: production, method: 'PUT' })).toBe(200);
  expect(passing(quotas, 'arm', { path: production, method: 'DELETE' })).toBe(200);
  now += 1000;
  expect(passing(quotas, 'arm', { path: production, method: 'PUT' })).toBe(10);
  expect(passing(quotas, 'arm', { path: '/tenants' })).toBe(250);
  expect(quotas.take('arm', { ...call, path: '/tenants' }).refusal?.code).toBe('TenantRequestsThrottled');
});

test('all principals of a subscription together have fifteen times as much', () => {
  const quotas = on();
  let passed = 0;
  for (let person = 0; person < 16; person += 1) {
    passed += passing(quotas, 'arm', { path: production, principalId: `person ${person}` });
  }
  expect(passed).toBe(15 * 250);
});

test('Graph counts resource units per application in ten seconds, more for a larger tenant', () => {
  expect(passing(on(), 'graph', {})).toBe(1750);
  expect(passing(on(), 'graph', { users: 200 })).toBe(2500);
  const quotas = on();
  expect(passing(quotas, 'graph', { users: 50_000 })).toBe(4000);
  const { headers, refusal } = quotas.take('graph', { ...call, users: 50_000 });
  expect(refusal?.code).toBe('TooManyRequests');
  expect(headers).toMatchObject({ 'retry-after': '1', 'x-ms-throttle-limit-percentage': '1.00' });
  expect(quotas.take('graph', { ...call, appId: 'app-two' }).refusal).toBeNull();
  now += 10_000;
  expect(passing(quotas, 'graph', { users: 50_000 })).toBe(4000);
});

test('Graph allows 3000 writes in 150 seconds', () => {
  const quotas = on();
  const write = { method: 'POST', path: '/v1.0/groups', users: 5000 };
  expect(passing(quotas, 'graph', write)).toBe(3000);
  now += 1000;
  expect(passing(quotas, 'graph', write)).toBe(20);
});

test('Resource Graph allows 15 queries in five seconds', () => {
  const quotas = on();
  const path = '/providers/Microsoft.ResourceGraph/resources';
  expect(passing(quotas, 'arm', { path, method: 'POST' })).toBe(15);
  expect(quotas.take('arm', { ...call, path }).headers).toMatchObject({ 'x-ms-user-quota-remaining': '0' });
  now += 5000;
  expect(passing(quotas, 'arm', { path, method: 'POST' })).toBe(15);
});

test('a scale makes every bucket larger or smaller', () => {
  expect(passing(on(0.1), 'arm', { path: production })).toBe(25);
  expect(passing(on(2), 'arm', { path: '/tenants' })).toBe(500);
});

test.each([
  ['GET', '/v1.0/users', '', 2],
  ['GET', '/v1.0/users', '$select=id', 1],
  ['GET', '/v1.0/users', '$select=id&$top=5', 1],
  ['GET', '/v1.0/users', '$expand=manager', 3],
  ['GET', '/v1.0/users/ada', '', 1],
  ['GET', '/beta/groups/x/transitiveMembers', '', 5],
  ['GET', '/v1.0/groups/x/members', '$top=10', 2],
  ['POST', '/v1.0/users/ada/getMemberObjects', '', 2],
  ['GET', '/v1.0/roleManagement/directory/roleDefinitions', '', 1],
])('%s %s?%s costs %i', (method, path, query, units) => {
  expect(resourceUnits(method, path, new URLSearchParams(query))).toBe(units);
});
