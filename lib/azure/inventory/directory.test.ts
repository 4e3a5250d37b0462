import { expect, test } from 'vitest';
import type { GraphCalls } from '#lib/azure/graph/calls.ts';
import { readAgents, readGroups, readGuestSponsors, readServicePrincipals } from './directory.ts';

const ids = (count: number) => Array.from({ length: count }, (_, n) => ({ id: `o${n}` }));

/** Answers by path, as far as it is asked. */
function graphOf(pages: Record<string, object[]>) {
  const asked: string[] = [];
  const list = async (path: string) => {
    asked.push(path);
    return Object.entries(pages).find(([start]) => path.startsWith(start))?.[1] ?? [];
  };
  const page = async (path: string) => ({ rows: await list(path), next: null });
  return { asked, graph: { list, page } as unknown as GraphCalls };
}

test.each([
  ['a group', '/v1.0/groups', readGroups],
  [
    'a service principal',
    '/v1.0/servicePrincipals',
    (graph: GraphCalls, place: string, cursor: string | null) =>
      readServicePrincipals(graph, place, cursor, new Set()),
  ],
] as const)(
  'all owners of %s are known, also beyond the twenty that Graph expands',
  async (_, path, read) => {
    const { asked, graph } = graphOf({
      [`${path}?`]: [
        { id: 'few', owners: ids(3) },
        { id: 'many', owners: ids(20) },
      ],
      [`${path}/many/owners`]: ids(23),
    });
    const { responsibles } = await read(graph, '/', null);
    const of = (id: string) => responsibles.filter(({ principalId }) => principalId === id);
    expect([of('few').length, of('many').length, asked.length]).toEqual([3, 23, 2]);
  },
);

test.each([
  ['a guest', '/v1.0/users', (graph: GraphCalls) => readGuestSponsors(graph, '/', null)],
  ['an agent', '/beta/servicePrincipals', (graph: GraphCalls) => readAgents(graph, null)],
] as const)(
  'all sponsors of %s are known, and who is in a group that is one is read',
  async (_, path, read) => {
    const group = { id: 'team', '@odata.type': '#microsoft.graph.group' };
    const first = path === '/v1.0/users' ? `${path}?` : `${path}/microsoft`;
    const { graph } = graphOf({
      [first]: [
        { id: 'few', sponsors: [{ id: 'o1', '@odata.type': '#microsoft.graph.user' }, group] },
        { id: 'many', sponsors: ids(20) },
      ],
      [`${path}/many/sponsors`]: ids(23),
    });
    const { responsibles, parts } = await read(graph);
    const of = (id: string) => responsibles.filter(({ principalId }) => principalId === id);
    expect([of('few').length, of('many').length]).toEqual([2, 23]);
    expect(of('few')).toContainEqual({ principalId: 'few', responsibleId: 'team', as: 'sponsor' });
    expect(parts.filter(({ list }) => list === 'members')).toEqual([{ list: 'members', place: 'team' }]);
  },
);

test('only guests are asked for their sponsors; one of them by name when a log tells of a change', async () => {
  const { asked, graph } = graphOf({});
  await readGuestSponsors(graph, '/', null);
  expect(asked).toEqual([expect.stringContaining("$filter=userType eq 'Guest'")]);
});
