import { expect, test } from 'vitest';
import type { GraphCalls } from '#lib/azure/graph/calls.ts';
import { readGroups, readServicePrincipals } from './directory.ts';

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
