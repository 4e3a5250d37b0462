import { expect, test } from 'vitest';
import type { PolicyFacts } from '#lib/domain/policy.ts';
import type { PaletteOwn } from '#lib/queries/palette-rows.ts';
import { bestOf, ownEntries } from './entry.ts';
import { pagesFor } from './pages.ts';

const free = { maximumMinutes: 480, justification: false, ticket: false } as PolicyFacts;

function role(
  roleName: string,
  facts: Partial<PaletteOwn['roles'][number]> = {},
): PaletteOwn['roles'][number] {
  const at = { plane: 'entra' as const, roleId: roleName, scopeId: '/', key: `entra|${roleName}|/` };
  const names = { roleName, scopeName: 'Directory', scopeKind: 'directory' as const };
  return {
    ...at,
    ...names,
    policy: null,
    blocked: null,
    usual: null,
    favourite: null,
    activations: 0,
    ...facts,
  };
}

const own: PaletteOwn = {
  roles: [role('User Administrator'), role('Security Reader', { policy: free }), role('Security Operator')],
  bundles: [{ id: 'b', name: 'Night shift', roles: ['Deployment Operator'] }],
  approved: [{ id: 'a', title: 'Owner' }],
  active: [{ id: 'r', title: 'Contributor' }],
};
const pages = pagesFor({ posture: false, operations: false, settings: false });
const found = (typed: string, what = own) => bestOf(ownEntries(what, pages), typed).map(({ title }) => title);

test('a role whose rules ask for nothing is asked for at once, another leads to its form', () => {
  const [reader] = bestOf(ownEntries(own, pages), 'security reader');
  expect(reader?.does).toEqual({ what: 'activate', key: 'entra|Security Reader|/', minutes: 60 });
  const [operator] = bestOf(ownEntries(own, pages), 'security op');
  expect(operator?.does).toMatchObject({
    what: 'go',
    href: expect.stringContaining('/activate?role=Security'),
  });
});

test('of what fits as well, a favourite comes first, and what is on already last', () => {
  const roles = [
    role('Security Reader', { blocked: 'already_live', favourite: { place: 0 } }),
    role('Security Viewer'),
    role('Security Keeper', { favourite: { place: null } }),
  ];
  expect(found('security', { ...own, roles })[0]).toBe('Security Keeper');
});

test('ending everything is found by its own name, never by that of a role', () => {
  expect(found('contributor')).toEqual([]);
  expect(found('end all')[0]).toBe('End all my active access');
  expect(found('end all', { ...own, active: [] })).not.toContain('End all my active access');
});

test('what is approved is found by what it is, and leads to where it is started', () => {
  const [start] = bestOf(ownEntries(own, pages), 'start owner');
  expect(start).toMatchObject({ title: 'Start Owner', does: { what: 'go', href: '/requests/a' } });
});

test('a role comes before a bundle that holds it', () => {
  const roles = [role('Deployment Operator')];
  expect(found('dep', { ...own, roles })).toEqual(['Deployment Operator', 'Night shift']);
});

test('a bundle is found by its name and by what is in it; nobody by letters that mean nothing here', () => {
  expect(found('night')).toEqual(['Night shift']);
  expect(found('deployment')).toEqual(['Night shift']);
  expect(found('auden')).toEqual([]);
});

test('pages are those that are open to the viewer', () => {
  expect(found('posture')).toEqual([]);
  expect(pagesFor({ posture: true, operations: true, settings: true }).map(({ title }) => title)).toContain(
    'Go to Posture',
  );
});
