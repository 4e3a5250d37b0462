import { expect, it } from 'vitest';
import { PLATFORM, PROD_PAYMENTS, PRODUCTION, ROOT, resourceId } from '#lib/emulator/tenant/scopes.ts';
import { ancestorsOf, canonicalScope, covers, scopeFacts } from './scopes.ts';
import { tenant } from './testing.ts';

const { state } = tenant();

it('knows a scope in any casing, with doubled slashes, and by its provider alias', () => {
  expect(canonicalScope(state, `/${PROD_PAYMENTS.toUpperCase()}/`)).toBe(PROD_PAYMENTS);
  expect(canonicalScope(state, `/providers/Microsoft.Subscription${PRODUCTION}`)).toBe(PRODUCTION);
  expect(canonicalScope(state, '/providers/microsoft.management/managementgroups/platform')).toBe(PLATFORM);
  expect(canonicalScope(state, '')).toBe('/');
});

it('knows no scope that is not there', () => {
  expect(canonicalScope(state, `${PRODUCTION}/resourceGroups/rg-nowhere`)).toBeNull();
  expect(canonicalScope(state, '/subscriptions/00000000-0000-4000-8000-000000000000')).toBeNull();
});

it('climbs from a resource to the tenant, nearest first', () => {
  const vault = resourceId('kv-payments-prod');
  expect(ancestorsOf(state, vault)).toEqual([PROD_PAYMENTS, PRODUCTION, PLATFORM, ROOT, '/']);
});

it('lets rights reach down, not up, and not to a neighbour whose name begins alike', () => {
  expect(covers(state, PLATFORM, PROD_PAYMENTS)).toBe(true);
  expect(covers(state, PROD_PAYMENTS, PRODUCTION)).toBe(false);
  const neighbour = { subscriptionId: PRODUCTION.slice(15), name: 'rg-payments-old', location: 'westeurope' };
  const wider = { ...state, resourceGroups: [...state.resourceGroups, neighbour] };
  expect(covers(wider, PROD_PAYMENTS, `${PROD_PAYMENTS}-old`)).toBe(false);
});

it('names scopes as PIM does', () => {
  expect(scopeFacts(state, PLATFORM)).toEqual({ displayName: 'Platform', type: 'managementgroup' });
  expect(scopeFacts(state, PRODUCTION)).toEqual({ displayName: 'Production', type: 'subscription' });
  expect(scopeFacts(state, PROD_PAYMENTS)).toEqual({ displayName: 'rg-payments', type: 'resourcegroup' });
  expect(scopeFacts(state, resourceId('aks-core'))).toEqual({
    displayName: 'aks-core',
    type: 'Microsoft.ContainerService/managedClusters',
  });
});
