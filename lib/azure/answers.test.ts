/** What Azure, or a proxy before it, answers with 200 and is no list: a fault, never "there is nothing". */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readApproval as armApproval } from './arm/approvals.ts';
import { type ArmCalls, armCalls } from './arm/calls.ts';
import { readApproval as graphApproval } from './graph/approvals.ts';
import { type GraphCalls, graphCalls } from './graph/calls.ts';
import { groupWorks } from './graph/works.ts';
import { type EmulatorProcess, startEmulator } from './testing/start-emulator.ts';

let emulator: EmulatorProcess;
let graph: GraphCalls;
let arm: ArmCalls;

beforeAll(async () => {
  emulator = await startEmulator();
  const origins = { graphOrigin: emulator.httpsOrigin, armOrigin: emulator.httpsOrigin };
  graph = graphCalls(origins, 'token');
  arm = armCalls(origins, 'token');
});
afterAll(() => emulator?.stop());

/** From now on every call is answered so. */
async function answers(body: string, contentType = 'application/json'): Promise<void> {
  await emulator.control('DELETE', 'faults');
  await emulator.control('POST', 'faults', { match: '.', kind: 'body', body, contentType });
}

/** Every way in which Stint asks for a list. */
const lists: Record<string, () => Promise<unknown>> = {
  'Graph, all pages': () => graph.list('/v1.0/groups'),
  'Graph, one page': () => graph.page('/v1.0/groups'),
  'ARM, all pages': () => arm.rawAll('/subscriptions?api-version=2022-12-01'),
  'ARM, one page': () => arm.page('/subscriptions?api-version=2022-12-01'),
  "ARM, the SDK's": () => arm.all((client) => client.roleAssignmentScheduleInstances.listForScope('/')),
  'Graph, a post': () => groupWorks(graph, { plane: 'group', roleId: 'member', scopeId: 'one' }),
  'Graph, an approval': () => graphApproval(graph, { path: '/beta/approvals', stages: 'steps' }, 'one'),
  'ARM, an approval': () => armApproval(arm, '/providers/one'),
};

const noLists = {
  'an object without one': '{}',
  'an error told with 200': '{"error":{"code":"InternalError","message":"Sorry"}}',
  null: 'null',
  'a list that is null': '{"value":null}',
  'a list that is an object': '{"value":{}}',
  'a text': '"maintenance"',
  'a body cut short': '{"value":[{"id":"a',
  'nothing at all': '',
};

describe.each(Object.entries(lists))('%s', (_, read) => {
  test.each(Object.entries(noLists))(
    '%s is not an empty list, and is asked for again later',
    async (_n, body) => {
      await answers(body);
      await expect(read()).rejects.toMatchObject({ name: 'AzureFault', retry: 'later' });
    },
  );

  test("a proxy's page is not an empty list either", async () => {
    await answers('<html><body>Maintenance</body></html>', 'text/html');
    await expect(read()).rejects.toMatchObject({ name: 'AzureFault', retry: 'later' });
  });
});

test('a list that is empty is empty', async () => {
  await answers('{"value":[]}');
  for (const name of Object.keys(lists).slice(0, 5)) {
    const found = await lists[name]?.();
    expect(Array.isArray(found) ? found : (found as { rows: unknown[] }).rows, name).toEqual([]);
  }
});

test.each([
  ['Graph', () => graph.list('/v1.0/groups'), '@odata.nextLink'],
  ['ARM', () => arm.rawAll('/subscriptions'), 'nextLink'],
] as const)('%s: a next page elsewhere is not followed, one that goes round ends', async (_, read, link) => {
  const naming = (next: string) => answers(JSON.stringify({ value: [], [link]: next }));
  await naming('https://127.0.0.1:1/elsewhere');
  await expect(read()).rejects.toThrow('Not an address of');
  await naming(`${emulator.httpsOrigin}/round`);
  await expect(read()).rejects.toThrow('goes round');
});
