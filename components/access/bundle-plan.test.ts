import { expect, test } from 'vitest';
import type { BundleRole } from '#lib/queries/own-choice-rows.ts';
import type { EligibleRow } from '#lib/queries/rows.ts';
import { planOf, withGained } from './bundle-plan.ts';
import { byOwnOrder } from './own-order.ts';
import { startMinutes } from './start-minutes.ts';

function role(name: string, facts: Partial<BundleRole> = {}): BundleRole {
  const at = { plane: 'azure' as const, roleId: name, scopeId: '/', key: name };
  const names = { roleName: name, scopeName: 'Staging', scopeKind: 'subscription' as const };
  return { ...at, ...names, minutes: null, givers: [], policy: null, ...facts };
}

function row(name: string, facts: Partial<EligibleRow> = {}): EligibleRow {
  const { minutes: _, givers: __, ...known } = role(name);
  const unknown = { throughGroupName: null, endsAt: null, dangers: [], critical: false, blocked: null };
  return {
    ...known,
    ...unknown,
    ...{
      activations: 0,
      lastActivatedAt: null,
      usual: null,
      favourite: null,
      locks: [],
      onByRequestId: null,
      speed: null,
      ...facts,
    },
  };
}

const given = role('given', { givers: [{ key: 'group', name: 'sg-oncall' }] });

test('of a bundle is asked for what is one’s own and not on; the rest is told apart', () => {
  const rows = [row('mine'), row('on', { blocked: 'already_live' })];
  const plan = planOf({ roles: [role('mine', { minutes: 30 }), role('on'), role('foreign')] }, rows);
  expect(plan.ready.map(({ key }) => key)).toEqual(['mine']);
  expect(plan.on.map(({ key }) => key)).toEqual(['on']);
  expect(plan.not.map(({ key }) => key)).toEqual(['foreign']);
  expect(plan.own).toEqual({ mine: { duration: '30 min' } });
});

test('what a group gives is asked for with the group, and left out without it', () => {
  const rows = [row('group')];
  const both = planOf({ roles: [given, role('group')] }, rows);
  expect(both.ready.map(({ key, throughGroupName }) => [key, throughGroupName])).toEqual([
    ['given', 'sg-oncall'],
    ['group', null],
  ]);
  expect(planOf({ roles: [given] }, rows).not.map(({ key }) => key)).toEqual(['given']);
  expect(planOf({ roles: [given, role('group')] }, []).ready).toEqual([]);
});

test('what groups of bundles would give may be chosen too, once', () => {
  const bundle = { id: '', name: '', version: 1, ownerName: '', shared: false, keeps: true, shares: [] };
  const roles = [given, role('group')];
  const pool = withGained(
    [row('group')],
    [
      { ...bundle, roles },
      { ...bundle, roles },
    ],
  );
  expect(pool.map(({ key }) => key)).toEqual(['group', 'given']);
});

test('favourites stand where they were put, then by how often they are used', () => {
  const star = (name: string, place: number | null, activations: number) =>
    row(name, { favourite: { place }, activations });
  const rows = [
    star('rare', null, 1),
    star('often', null, 9),
    star('second', 1, 0),
    star('first', 0, 0),
    row('none'),
  ];
  expect(byOwnOrder(rows).map(({ key }) => key)).toEqual(['first', 'second', 'often', 'rare']);
});

test('a role begins with what one usually takes, and never above its policy', () => {
  const policy = { maximumMinutes: 20 } as EligibleRow['policy'];
  const usual = { uses: 5, took: 22, minutes: 30 };
  expect(startMinutes(row('a', { usual }))).toBe(30);
  expect(startMinutes(row('a', { usual, policy }))).toBe(20);
  expect(startMinutes(row('a'))).toBe(60);
});
