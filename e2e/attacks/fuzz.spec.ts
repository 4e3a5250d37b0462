import { request as ask } from 'node:http';
import fc from 'fast-check';
import { expect } from '#e2e/fixtures/expect.ts';
import { test } from '#e2e/fixtures/people.ts';
import { type Stint, startStint } from '#e2e/fixtures/server.ts';
import { type Action, builtActions, type Visitor, visit } from './visitor.ts';

/** STINT_FUZZ=20000 runs them all. */
const runs = Number(process.env.STINT_FUZZ ?? 300);
const timeLimitMs = 10_000;
let stint: Stint;
let cy: Visitor;

test.beforeAll(async () => {
  // Of its own and without a brake: what is tried here is what comes after the rate limit.
  stint = await startStint({ database: 'pglite', variables: { STINT_RATE_FACTOR: '10000' } });
  cy = await visit(stint.origin, 'cy.tran');
});
test.afterAll(async () => {
  await cy?.leave();
  await stint?.stop();
});

const odd = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    '\0',
    '\ud800',
    '\udfff x',
    '\u202egnp.exe',
    '$1',
    '$undefined',
    '$F1',
    "' or 1=1 --",
    '__proto__',
    'constructor',
    '../../etc/passwd',
    '%00',
    '{{7*7}}',
    'x'.repeat(20_000),
    'azure|x|/',
    '0d4b3a52-8a41-4c1e-9f6e-2f1d6b7c8a90',
    '2026-01-01T00:00:00Z',
  ),
);
const value = fc.oneof(odd, fc.anything({ maxDepth: 3, withBigInt: false }), fc.double(), fc.constant(null));
const submit = fc.record(
  {
    roles: fc.oneof(
      fc.array(fc.record({ key: value, minutes: value }, { requiredKeys: [] }), { maxLength: 60 }),
      value,
    ),
    justification: value,
    ticketNumber: value,
    startsAt: value,
    requestId: value,
    decision: fc.oneof(fc.constantFrom('approve', 'deny'), value),
    // biome-ignore lint/suspicious/noThenProperty: what an attacker sends.
    then: value,
    ['__proto__']: value,
  },
  { requiredKeys: [] },
);
const json = fc.array(fc.oneof(submit, value), { maxLength: 3 }).map((args) => {
  try {
    return JSON.stringify(args);
  } catch {
    return '[]';
  }
});
const body = fc.oneof(
  { weight: 8, arbitrary: json },
  { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '',
      '[',
      'null',
      '[{"__proto__":{"ok":true}}]',
      '["$1:constructor:constructor"]',
    ),
  },
);
const paths = [
  '/requests/',
  '/?again=',
  '/history?person=',
  '/history?role=',
  '/history?status=',
  '/history?from=',
  '/history?cursor=',
  '/requests?cursor=',
  '/sessions?person=',
  '/reviews?cursor=',
  '/reviews/',
  '/reviews/0d4b3a52-8a41-4c1e-9f6e-2f1d6b7c8a90/items/',
  '/reviews/0d4b3a52-8a41-4c1e-9f6e-2f1d6b7c8a90/items?text=',
  '/api/exports/reviews/',
  '/api/exports/history?role=',
  '/api/exports/audit?after=',
  '/api/too-fast?seconds=',
  '/auth/failed?returnTo=',
  '/auth/failed?reason=',
  '/auth/callback?state=',
  '/auth/front-channel?sid=',
  '/',
];

/** Answers the status, or what went wrong: no answer in time is one. */
async function statusOf(call: () => Promise<{ status(): number }>): Promise<number | string> {
  try {
    return (await call()).status();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

const isFine = (status: number | string) => typeof status === 'number' && status < 500;

test(`${runs} bodies that no page sends: no 5xx, no hang`, async () => {
  test.setTimeout(60_000 + runs * 200);
  const actions = [...builtActions().values()].filter(({ name }) => name !== 'endOthers');
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...actions), body, async (action: Action, text) => {
      const status = await statusOf(() => cy.act(action, [], { body: Buffer.from(text) }));
      expect(isFine(status), `${action.name} ${text.slice(0, 500)}: ${status}`).toBe(true);
    }),
    { numRuns: runs },
  );
  expect((await cy.get('/api/health')).status()).toBe(200);
});

test(`${runs} addresses that no link leads to: no 5xx, no hang`, async () => {
  test.setTimeout(60_000 + runs * 200);
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...paths), odd, fc.boolean(), async (path, text, encoded) => {
      const tail = encoded ? encodeURIComponent(text.toWellFormed().slice(0, 2000)) : text.slice(0, 500);
      const status = await raw(`${path}${tail}`);
      expect(isFine(status), `${path}${tail.slice(0, 300)}: ${status}`).toBe(true);
    }),
    { numRuns: runs },
  );
});

test('bodies too long, of another kind, or without a length are turned away with the status that says why', async () => {
  const action = builtActions().get('activateRoles');
  if (!action) throw new Error('The build has no activateRoles.');
  const long = (bytes: number) => Buffer.from(JSON.stringify(['x'.repeat(bytes - 4)]));
  const most = 1_048_576;
  expect(await statusOf(() => cy.act(action, [], { body: long(most) }))).toBe(200);
  expect(await statusOf(() => cy.act(action, [], { body: long(most + 1) }))).toBe(413);
  const million = [{ roles: [], justification: 'x'.repeat(1_000_000), ticketNumber: '', startsAt: null }];
  expect(await (await cy.act(action, million)).text()).toContain('"code":"malformed"');
  const nested = Buffer.from(`${'['.repeat(100_000)}${']'.repeat(100_000)}`);
  expect(await statusOf(() => cy.act(action, [], { body: nested }))).toBe(400);
  const form = { 'content-type': 'multipart/form-data; boundary=x' };
  expect(await statusOf(() => cy.act(action, [], { headers: form, body: 'garbage' }))).toBe(415);
  expect(await statusOf(() => cy.act({ ...action, id: '00' }, []))).toBe(405);
  expect(await statusOf(() => cy.act({ ...action, id: '0'.repeat(42) }, []))).toBe(409);
  expect(await statusOf(() => cy.door.post('/api/csp', { data: long(most * 4) }))).toBe(204);
});

/** As it stands, over the wire: a browser would tidy it first. */
async function raw(path: string): Promise<number | string> {
  const { cookies } = await cy.door.storageState();
  const cookie = cookies.map(({ name, value: secret }) => `${name}=${secret}`).join('; ');
  const sendable = path.replaceAll(/[^\u0021-\u007e]/g, '').replaceAll(/#.*/g, '');
  return new Promise((resolve) => {
    const sent = ask(
      `${stint.origin}`,
      { path: sendable, headers: { cookie }, timeout: timeLimitMs },
      (answer) => {
        answer.destroy();
        resolve(answer.statusCode ?? 'no status');
      },
    );
    sent.once('timeout', () => sent.destroy(new Error('no answer in time')));
    sent.once('error', (error) => resolve(error.message));
    sent.end();
  });
}
