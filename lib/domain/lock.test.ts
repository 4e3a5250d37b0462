import { expect, test } from 'vitest';
import { locksOver, subscriptionOf } from './lock.ts';

const subscription = '/subscriptions/S1';
const group = `${subscription}/resourceGroups/rg`;
const lock = (scopeId: string) => ({ name: scopeId, scopeId, level: 'CanNotDelete' as const });

test('a lock counts at its scope and below, whatever the case; not beside, and not above', () => {
  const locks = [lock(subscription.toLowerCase()), lock(group), lock(`${group}-other`), lock(`${group}/x`)];
  expect(locksOver(locks, group).map(({ name }) => name)).toEqual(['/subscriptions/s1', group]);
  expect(locksOver([lock(group)], subscription)).toEqual([]);
});

test('a scope lies in its subscription; a management group lies in none', () => {
  expect(subscriptionOf(group)).toBe('/subscriptions/s1');
  expect(subscriptionOf('/providers/Microsoft.Management/managementGroups/Platform')).toBeNull();
});
