import { expect, test } from 'vitest';
import type { EligibleRow } from '#lib/queries/rows.ts';
import { linkTo } from './link-to.ts';
import { linkQuery, readLink } from './read-link.ts';

function row(plane: EligibleRow['plane'], roleName: string, scopeName: string, scopeId: string): EligibleRow {
  const roleId = plane === 'group' ? roleName.toLowerCase() : `${roleName}-id`;
  return {
    ...{ plane, roleId, scopeId, roleName, scopeName, scopeKind: 'subscription' },
    key: `${plane}|${roleId}|${scopeId}`.toLowerCase(),
    ...{ throughGroupName: null, endsAt: null, policy: null, dangers: [], critical: false, blocked: null },
    ...{
      activations: 0,
      lastActivatedAt: null,
      usual: null,
      favourite: null,
      locks: [],
      onByRequestId: null,
      speed: null,
    },
  };
}

const staging = row('azure', 'Contributor', 'Staging', '/subscriptions/2');
const development = row('azure', 'Contributor', 'Development', '/subscriptions/4');
const onCall = row('group', 'Member', 'sg-oncall', 'group-1');
const rows = [staging, development, onCall];
const read = (query: string) => {
  const params = new URLSearchParams(query);
  const lists = [...params.keys()].map((name) => [name, params.getAll(name)]);
  return readLink(Object.fromEntries(lists), rows, []);
};

test('a role by name or id, a place by name or id, whatever the case; a group by its own name', () => {
  for (const query of [
    'role=contributor&scope=staging',
    'role=Contributor-ID&scope=/SUBSCRIPTIONS/2',
    `role=${encodeURIComponent(staging.key)}`,
  ])
    expect(read(query).draft.keys).toEqual([staging.key]);
  expect(read('role=sg-oncall').draft.keys).toEqual([onCall.key]);
});

test('several roles, each with the place beside it', () => {
  const link = read('role=Contributor&scope=Development&role=sg-oncall&scope=group-1');
  expect(link).toMatchObject({ draft: { keys: [development.key, onCall.key] }, notes: [] });
});

test('a place below where one is eligible is chosen there, by its ARM id', () => {
  const scope = '/subscriptions/2/resourceGroups/rg-data';
  const { draft, notes } = read(`role=Contributor&scope=${scope}`);
  expect([draft.keys, notes]).toEqual([[staging.key], []]);
  expect(draft.own).toEqual({ [staging.key]: { narrower: { id: scope, name: 'rg-data' } } });
  expect(read('role=Contributor&scope=/subscriptions/22/resourceGroups/rg-data').draft.keys).toEqual([]);
});

test('what is not one’s own, or stands at several places, is said and not chosen', () => {
  const link = read('role=Contributor&role=Owner');
  expect(link.draft.keys).toEqual([]);
  expect(link.notes).toEqual([
    expect.stringContaining('several places: Staging, Development'),
    expect.stringContaining('not eligible for “Owner”'),
  ]);
  expect(read('bundle=gone').notes).toEqual([expect.stringContaining('not there any more')]);
});

test('length, ticket and reason are filled in; nonsense is not', () => {
  expect(read('role=sg-oncall&minutes=90&ticket=CHG1&reason=Canary').draft.form).toEqual({
    ...{ duration: '1 h 30 min', ticketNumber: 'CHG1', justification: 'Canary', startsAt: '' },
  });
  for (const minutes of ['-5', '1.5', 'x', '1e9'])
    expect(read(`role=sg-oncall&minutes=${minutes}`).draft.form.duration).toBeNull();
  expect(read(`role=sg-oncall&reason=${'x'.repeat(900)}`).draft.form.justification).toHaveLength(500);
});

test('a copied link leads back to the same form, and only what is a link is kept through signing in', () => {
  const link = linkTo([staging, onCall], { minutes: 30, ticket: ' CHG1 ' });
  const { draft } = read(link.split('?')[1] ?? '');
  expect(draft).toMatchObject({
    keys: [staging.key, onCall.key],
    form: { duration: '30 min', ticketNumber: 'CHG1' },
  });
  expect(linkQuery({ role: 'A', minutes: '5', evil: 'x' })).toBe('role=A&minutes=5');
  expect(linkQuery({ minutes: '5' })).toBe('');
});
