import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { played, rounds } from '#db/rounds.ts';
import { people, roles } from '#lib/azure/fake/tenant.ts';
import { fakeToken } from '#lib/azure/fake/token.ts';
import { type FakeAzure, fakeAzure } from '#lib/azure/fake.ts';
import { AzureFault } from '#lib/azure/faults.ts';
import { isLive } from '#lib/domain/request.ts';
import { cancel } from './requests/cancel.ts';
import { end } from './requests/end.ts';
import { type Bench, openBench } from './testing.ts';

const { ada, bo, cy } = people;
const role = roles.cluster;
let bench: Bench<FakeAzure>;
beforeAll(async () => {
  bench = await openBench((now) => fakeAzure({ now }), fakeToken);
});
afterAll(() => bench?.close());

const orders = rounds({ quick: 20, full: 1000 });

/** Every job waiting is run three times; what it throws it throws. */
async function deliverThrice(): Promise<void> {
  await bench.fetchJobs();
  for (const job of bench.waiting.splice(0)) {
    for (let n = 0; n < 3; n++) await bench.run(job).catch(() => {});
  }
}

const steps: Record<string, (id: string) => Promise<unknown>> = {
  deliver: () => deliverThrice(),
  approve: (id) => bench.decides(bo, id, true),
  deny: (id) => bench.decides(cy, id, false, 'No'),
  cancel: (id) => cancel(bench.as(ada), id, bench.seal(ada)),
  end: (id) => end(bench.as(ada), id, bench.seal(ada)),
  'six minutes': () => bench.advance(6),
  'an hour': () => bench.advance(61),
  'a day': () => bench.advance(25 * 60),
  look: () => bench.looks(),
  'lost answer': async () => {
    const fault = new AzureFault('unknown_outcome', { message: 'lost' });
    for (const call of ['activate', 'decide', 'cancel', 'deactivate'] as const)
      bench.azure.failNext(call, fault, 'after');
  },
};

/** Orders found by chance, kept: Azure's answer to an approval comes when the window it began is over. */
const answersLost = [
  ['deliver', 'lost answer', 'approve', 'look', 'end', 'a day', 'deliver'],
  ['lost answer', 'deliver', 'approve', 'look', 'deny', 'an hour', 'deliver'],
  ['deliver', 'approve', 'lost answer', 'look', 'an hour', 'deliver'],
];

test('in whatever order jobs, decisions, cancelling, ending and time come, Stint ends up saying what Azure holds', {
  timeout: 60_000 + orders * 5_000,
}, async (context) => {
  await bench.reset();
  await bench.reads(ada);
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom(...Object.keys(steps)), { minLength: 3, maxLength: 10 }),
      async (order) => {
        await bench.clear();
        const id = await bench.files(ada, role, { minutes: 30 });
        for (const step of order) await steps[step]?.(id).catch(() => {});
        for (let n = 0; n < 3; n++) await bench.deliver();
        // Quiet, long enough for whatever is waited for, but not for the window.
        for (let n = 0; n < 8; n++) {
          await bench.advance(0.6);
          await bench.looks();
        }
        const token = fakeToken(ada.id);
        const held = await bench.azure.person.azure.active(token, ada.id);
        const row = await bench.request(id);
        expect(held.length).toBeLessThanOrEqual(1);
        if (held.length === 1) expect(row.status).toBe('active');
        else expect(['active', 'ending', 'provisioning']).not.toContain(row.status);
        const filed = await bench.azure.person.azure.filed(token, { requestId: id, azureId: id, role });
        if (filed?.status === 'pending_approval') expect(row.status).toBe('awaiting_approval');
        else if (row.status !== 'needs_you') expect(isLive(row.status)).toBe(held.length === 1);
        // A decision may be told of a request already moved by it; but nothing is moved to twice.
        const actions = await bench.actions(id);
        for (const once of [
          'denied',
          'approved',
          'granted',
          'activated',
          'cancelled',
          'lapsed',
          'ended',
          'failed',
        ])
          expect(actions.filter((action) => action === once).length, once).toBeLessThanOrEqual(1);
        const moves = (await bench.audit(id)).flatMap(({ details }) => (details.to ? [details.to] : []));
        for (const once of ['denied', 'withdrawn', 'ended', 'failed', 'lapsed', 'needs_you'])
          expect(moves.filter((to) => to === once).length, once).toBeLessThanOrEqual(1);
        expect(moves.filter((to) => to === 'provisioning').length).toBeLessThanOrEqual(1);
      },
    ),
    { numRuns: orders, examples: answersLost.map((order) => [order]) },
  );
  played(context, 'K5', 'jobs three times, approve / deny / cancel / end / expire in any order', orders);
});
