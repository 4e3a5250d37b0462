import { eq } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { db } from '#db/client.ts';
import { played, rounds } from '#db/rounds.ts';
import { offers, requestApprovals, signatures } from '#db/schema/approvals.ts';
import { people, roles } from '#lib/azure/fake/tenant.ts';
import { fakeToken } from '#lib/azure/fake/token.ts';
import { type FakeAzure, fakeAzure } from '#lib/azure/fake.ts';
import { AzureFault } from '#lib/azure/faults.ts';
import { isBeforeAzure, isLive } from '#lib/domain/request.ts';
import { acceptOffer } from './approvals/accept-offer.ts';
import { offer } from './approvals/offer.ts';
import { inForce, persons, staged, stageOf } from './approvals/testing/policy.ts';
import { cancel } from './requests/cancel.ts';
import { type Bench, openBench } from './testing.ts';

const { ada, bo, cy, lou, petra } = people;
const role = roles.staging;
let bench: Bench<FakeAzure>;
beforeAll(async () => {
  bench = await openBench((now) => fakeAzure({ now }), fakeToken);
});
afterAll(() => bench?.close());

const orders = rounds({ quick: 20, full: 1000 });

/** Every job waiting is run three times; what it throws it throws. */
async function deliverThrice(): Promise<void> {
  await bench.fetchJobs();
  for (const job of bench.waiting.splice(0)) for (let n = 0; n < 3; n++) await bench.run(job).catch(() => {});
}

const steps: Record<string, (id: string) => Promise<unknown>> = {
  deliver: () => deliverThrice(),
  'Bo signs': (id) => bench.signs(bo, id),
  'Cy signs': (id) => bench.signs(cy, id),
  'Petra signs': (id) => bench.signs(petra, id),
  'Lou signs': (id) => bench.signs(lou, id),
  'Ada signs': (id) => bench.signs(ada, id),
  'Cy denies': (id) => bench.signs(cy, id, false),
  'Bo offers less': async (id) => {
    const shown = { requestId: id, shownStage: await bench.stageShown(id) };
    return offer(bench.as(bo), { ...shown, terms: { minutes: 15 }, reason: 'That is enough', signs: true });
  },
  'Ada takes it': async (id) => {
    const [open] = await db().select().from(offers).where(eq(offers.requestId, id));
    await acceptOffer(bench.as(ada), { requestId: id, offerId: open?.id ?? id });
  },
  starts: (id) => bench.starts(ada, id),
  cancel: (id) => cancel(bench.as(ada), id, bench.seal(ada)),
  'half an hour': () => bench.advance(31),
  'five hours': () => bench.advance(5 * 60),
  duties: () => bench.duties(),
  look: () => bench.looks(),
  'Azure is busy': async () => bench.azure.failNext('people', new AzureFault('busy', { message: 'later' })),
  'Bo is away from Azure': async () =>
    bench.azure.failNext('people', new AzureFault('not_found', { message: 'gone' })),
};

test('in whatever order signing, offers, starting, cancelling and time come, nothing is given without the signatures asked, and no end comes back', {
  timeout: 60_000 + orders * 5_000,
}, async (context) => {
  await bench.reset();
  await bench.reads(ada);
  const escalation = { afterMinutes: 30, approvers: persons(lou) };
  const rule = staged([stageOf([bo, cy], { escalation }), stageOf([cy, petra], { remindAfterMinutes: 40 })]);
  await inForce({ rules: [rule] });
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom(...Object.keys(steps)), { minLength: 4, maxLength: 14 }),
      async (order) => {
        await bench.clear();
        const id = await bench.files(ada, role, { minutes: 30 });
        let over: string | null = null;
        for (const step of [...order, 'deliver', 'deliver', 'duties', 'look']) {
          await steps[step]?.(id).catch((error: unknown) => {
            // A foreseen no, never a bug.
            expect(String((error as { code?: unknown }).code), String(error)).toMatch(/^[a-z_]+$/);
          });
          const status = await bench.status(id);
          if (over) expect(status, step).toBe(over);
          if (!isLive(status)) over = status;
        }
        const row = await bench.request(id);
        const [approval] = await db()
          .select()
          .from(requestApprovals)
          .where(eq(requestApprovals.requestId, id));
        const signed = await db().select().from(signatures).where(eq(signatures.requestId, id));
        const counted = signed.filter(({ approve, state }) => approve && state === 'recorded');
        const held = await bench.azure.reader.activated(role, ada.id);
        const asked = bench.azure.journal.some(({ call }) => call === 'activate');
        if (held || asked) {
          expect(counted.map(({ stage }) => stage).toSorted()).toEqual([0, 1]);
          expect(new Set(counted.map(({ approverId }) => approverId)).size).toBe(2);
          expect(counted.every(({ terms }) => terms.minutes >= row.minutes)).toBe(true);
          expect(approval?.usedAt).not.toBeNull();
        }
        expect(counted.some(({ approverId }) => approverId === ada.id)).toBe(false);
        if (approval?.state === 'waiting') expect(row.status).toBe('awaiting_signatures');
        if (row.status === 'awaiting_signatures') expect(approval?.state).toBe('waiting');
        if (row.status === 'approved') expect(approval).toMatchObject({ state: 'approved', usedAt: null });
        // What still waits is looked after by the clock.
        expect(approval?.dueAt !== null).toBe(isBeforeAzure(row.status));
        const actions = await bench.actions(id);
        for (const once of [
          'approved_by_stages',
          'denied',
          'lapsed',
          'closed',
          'taken_back',
          'started',
          'escalated',
        ])
          expect(actions.filter((action) => action === once).length, once).toBeLessThanOrEqual(1);
      },
    ),
    {
      numRuns: orders,
      examples: [
        [
          [
            'Bo signs',
            'deliver',
            'Petra signs',
            'deliver',
            'starts',
            'deliver',
            'look',
            'five hours',
            'look',
          ],
        ],
        [['Bo offers less', 'Ada takes it', 'deliver', 'Cy signs', 'deliver', 'starts', 'deliver']],
      ],
    },
  );
  played(
    context,
    'K5',
    'stages: sign / deny / offer / start / cancel / lapse in any order, jobs three times',
    orders,
  );
});
