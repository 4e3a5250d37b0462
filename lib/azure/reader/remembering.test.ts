import { expect, test } from 'vitest';
import type { GraphCalls } from '#lib/azure/graph/calls.ts';
import type { ReaderCalls } from './calls.ts';
import { remembering } from './remembering.ts';

/** Graph that counts how often it is asked; the first answer to `/away` fails. */
function counting() {
  const asked: string[] = [];
  const answer = async (path: string) => {
    asked.push(path);
    if (path === '/away' && asked.filter((one) => one === path).length === 1) throw new Error('away');
    return [];
  };
  const graph = { list: answer, get: answer, page: answer } as unknown as GraphCalls;
  const calls: ReaderCalls = { graph: async () => graph, arm: () => Promise.reject(new Error('not asked')) };
  return { calls, asked };
}

test('a whole answer is asked for once, a page every time, and a failure again', async () => {
  const { calls, asked } = counting();
  const graph = await remembering(calls).graph();
  await Promise.all([graph.list('/admins'), graph.list('/admins'), graph.get('/admins')]);
  await graph.page('/policies');
  await graph.page('/policies');
  await expect(graph.list('/away')).rejects.toThrow('away');
  await graph.list('/away');
  expect(asked).toEqual(['/admins', '/admins', '/policies', '/policies', '/away', '/away']);
});

test('after ten minutes it is asked for again', async () => {
  const { calls, asked } = counting();
  let now = 0;
  const graph = await remembering(calls, () => now).graph();
  await graph.list('/admins');
  now = 10 * 60_000 + 1;
  await graph.list('/admins');
  expect(asked).toHaveLength(2);
});
