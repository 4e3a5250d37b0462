import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, test } from 'vitest';
import { canonicalScope } from '#lib/emulator/arm/scopes.ts';
import { armSurface } from '#lib/emulator/arm/surface.ts';
import { groupsOf } from '#lib/emulator/pim/holdings.ts';
import { settle } from '#lib/emulator/pim/settle.ts';
import { startEmulator } from '#lib/emulator/server.ts';
import type { World } from '#lib/emulator/wire.ts';
import { parseScale, scaledTenant } from './scale.ts';
import { seedTenant } from './seed.ts';
import { servicePrincipalId } from './service-principals.ts';

const noon = Date.UTC(2026, 5, 1, 12);
const size = { principals: 2000, assignments: 9000 };
const state = scaledTenant(noon, size);
const folder = mkdtempSync(join(tmpdir(), 'stint-scale-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('a tenant of another size', () => {
  it('has exactly that size, the seed first', () => {
    const principals = [...state.users, ...state.groups, ...state.servicePrincipals];
    expect(principals).toHaveLength(size.principals);
    expect(new Set(principals.map(({ id }) => id)).size).toBe(size.principals);
    expect(state.schedules).toHaveLength(size.assignments);
    expect(new Set(state.schedules.map(({ id }) => id)).size).toBe(size.assignments);
    const seed = seedTenant(noon);
    expect(state.users.slice(0, seed.users.length)).toEqual(seed.users);
    expect(state.schedules.slice(0, seed.schedules.length)).toEqual(seed.schedules);
  });

  it('is the same every time', () => {
    expect(scaledTenant(noon, size)).toEqual(state);
  });

  it('holds every kind on every plane, and refers only to what exists', () => {
    const kinds = new Set(state.schedules.map((one) => `${one.plane} ${one.kind} ${one.assignmentType}`));
    expect(kinds.size).toBe(9);
    const principals = new Set(
      [...state.users, ...state.groups, ...state.servicePrincipals].map(({ id }) => id),
    );
    const eligible = new Map(
      state.schedules.filter(({ kind }) => kind === 'eligible').map((one) => [one.id, one]),
    );
    const workloads = new Set(state.servicePrincipals.map(({ id }) => id));
    for (const one of state.schedules) {
      expect(principals.has(one.principalId)).toBe(true);
      if (one.plane === 'azure') expect(canonicalScope(state, one.scope)).toBe(one.scope);
      if (one.kind === 'eligible') expect(workloads.has(one.principalId)).toBe(false);
      if (one.assignmentType === 'activated') {
        expect(eligible.get(one.eligibilityId ?? '')?.principalId).toBe(one.principalId);
      }
    }
  });

  it('nests groups', () => {
    const world = { state, now: () => noon, changed: () => {} };
    const groups = new Set(state.groups.map(({ id }) => id));
    const nesting = state.groups.find(({ memberIds }) => memberIds.some((id) => groups.has(id)));
    const inner = state.groups.find(({ id }) => nesting?.memberIds.includes(id));
    expect(groupsOf(world, inner?.memberIds[0] ?? '')).toEqual(
      expect.arrayContaining([inner?.id, nesting?.id]),
    );
  });

  it('is paged through whole, and forgets what ends', () => {
    let now = noon;
    const world: World = { state: structuredClone(state), now: () => now, changed: () => {} };
    const isActive = (one: (typeof state.schedules)[number]) => one.assignmentType === 'activated';
    settle(world);
    settle(world);
    expect(world.state.schedules).toHaveLength(size.assignments);
    now += 8 * 3_600_000;
    settle(world);
    expect(world.state.schedules.filter(isActive)).toEqual([]);
    const subscription = world.state.subscriptions.at(-1)?.subscriptionId ?? '';
    const expected = world.state.schedules.filter(
      ({ plane, kind, scope, endAt }) =>
        plane === 'azure' && kind === 'active' && scope.includes(subscription) && (endAt ?? now + 1) > now,
    );
    const found: string[] = [];
    let next = `https://localhost/subscriptions/${subscription}/providers/Microsoft.Authorization/roleAssignments?api-version=2022-04-01`;
    while (next) {
      const url = new URL(next);
      const answer = armSurface(
        {
          method: 'GET',
          path: url.pathname,
          query: url.searchParams,
          headers: {},
          body: undefined,
          caller: {
            kind: 'app',
            objectId: servicePrincipalId('Stint Reader'),
            appId: '',
            audience: 'arm',
            scopes: [],
            roles: [],
            mfa: false,
            acrs: [],
            displayName: '',
          },
          requestId: '',
          clientRequestId: '',
          origin: url.origin,
        },
        world,
      );
      const { value, nextLink = '' } = Object(answer.body);
      found.push(...value.map(({ properties }: { properties: { scope: string } }) => properties.scope));
      next = nextLink;
    }
    expect(found.filter((scope) => scope.includes(subscription))).toHaveLength(expected.length);
  });
});

test('the size is read from one text, and what is wrong with it is said', () => {
  expect(parseScale(undefined)).toBeNull();
  expect(parseScale('principals:50000,assignments:200000')).toEqual({
    principals: 50_000,
    assignments: 200_000,
  });
  expect(() => parseScale('people:5')).toThrow('EMULATOR_SCALE is "people:5"');
});

test('an emulator of another size writes no tenant, and keeps changes while it runs', async () => {
  const emulator = await startEmulator({
    dataFolder: folder,
    httpsPort: 0,
    httpPort: 0,
    scale: { principals: 100, assignments: 300 },
  });
  expect(emulator.world.state.schedules).toHaveLength(300);
  emulator.world.state.schedules.pop();
  emulator.world.changed();
  const reset = await fetch(`${emulator.httpOrigin}/_emulator/reset`, { method: 'POST' });
  expect(reset.status).toBe(200);
  expect(emulator.world.state.schedules).toHaveLength(300);
  await emulator.stop();
  expect(existsSync(join(folder, 'emulator', 'tenant.json'))).toBe(false);
});
