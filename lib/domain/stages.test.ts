import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Terms } from './approval.ts';
import type { Stage } from './approval-policy.ts';
import { isOpen, next, type Pinned, type StageEvent, type Standing, stillMissing } from './stages.ts';
import { stillFits } from './terms.ts';

const stage = (signatures: number): Stage => ({
  ...{ name: `${signatures} of them`, approvers: [], signatures },
  ...{ excluded: [], remindAfterMinutes: null, escalation: null },
});
const terms: Terms = { minutes: 240, scopeId: '/subscriptions/a', scopeName: 'A', startsAt: null };
const begun: Standing = {
  ...{ state: 'waiting', stage: 0, isEscalated: false, isUsed: false, terms, signatures: [] },
};
const pinned = (...needed: number[]): Pinned => ({ stages: needed.map(stage), requesterId: 'ada' });
const yes = (personId: string): StageEvent => ({
  ...{ is: 'sign', id: `${personId} 1`, personId, name: personId, approve: true },
});
const counted = (personId: string): StageEvent => ({ is: 'count', id: `${personId} 1` });

function played(rule: Pinned, ...events: StageEvent[]): Standing {
  return events.reduce((now, event) => {
    const outcome = next(rule, now, event);
    if (outcome.is === 'no') throw new Error(`${event.is}: ${outcome.code}`);
    return outcome.standing;
  }, begun);
}

test('one stage after the other: the last signature that counts makes a receipt', () => {
  const rule = pinned(1, 2);
  const first = played(rule, yes('bo'), counted('bo'));
  expect(first).toMatchObject({ state: 'waiting', stage: 1 });
  const all = played(rule, yes('bo'), counted('bo'), yes('cy'), yes('di'), counted('di'), counted('cy'));
  expect(all).toMatchObject({ state: 'approved', isUsed: false });
});

test('nobody counts in two stages, and nobody signs their own, by whatever account', () => {
  const rule = pinned(1, 1);
  const first = played(rule, yes('bo'), counted('bo'));
  expect(next(rule, first, { ...yes('bo'), id: 'another account' } as StageEvent)).toMatchObject({
    code: 'already_signed',
  });
  expect(next(rule, first, yes('ada'))).toMatchObject({ code: 'own_request' });
});

test('accounts that are linked after signing are one person: nothing is given by them, nor started', () => {
  const rule = pinned(2);
  const linked = (now: Standing, from: string, personId: string): Standing => ({
    ...now,
    signatures: now.signatures.map((one) => (one.personId === from ? { ...one, personId } : one)),
  });
  const one = linked(played(rule, yes('bo'), counted('bo'), yes('bo2')), 'bo2', 'bo');
  expect(next(rule, one, counted('bo2'))).toMatchObject({ standing: { state: 'waiting' } });
  const both = played(rule, yes('bo'), counted('bo'), yes('bo2'), counted('bo2'));
  expect(both.state).toBe('approved');
  for (const person of ['bo', 'ada'])
    expect(next(rule, linked(both, 'bo2', person), { is: 'start' })).toMatchObject({ is: 'no' });
  expect(next(rule, both, { is: 'start' }).is).toBe('next');
});

test('accounts that are linked while a request waits: it waits for as many more, and says so', () => {
  const rule = pinned(1, 2);
  const as = (now: Standing, from: string, personId: string): Standing => ({
    ...now,
    signatures: now.signatures.map((one) => (one.personId === from ? { ...one, personId } : one)),
  });
  const both = played(rule, yes('bo'), counted('bo'), yes('cy'), counted('cy'));
  const linked = as(both, 'cy', 'bo');
  expect(stillMissing(rule, linked)).toBe(2);
  const more = [yes('di'), counted('di'), yes('ed'), counted('ed')].reduce((now, event) => {
    const outcome = next(rule, now, event);
    if (outcome.is === 'no') throw new Error(outcome.code);
    return outcome.standing;
  }, linked);
  expect(more.state).toBe('approved');
  // The one who signed the first stage was the requester: that stage is to be signed again.
  const own = next(rule, as(both, 'bo', 'ada'), yes('di'));
  if (own.is === 'no') throw new Error(own.code);
  const back = next(rule, own.standing, counted('di'));
  expect(back).toMatchObject({ standing: { state: 'waiting', stage: 0 } });
  if (back.is === 'no') throw new Error(back.code);
  expect(stillMissing(rule, back.standing)).toBe(1);
});

test('who comes after the last missing signature hears who was first', () => {
  const taken = played(pinned(1), yes('bo'));
  expect(stillMissing(pinned(1), taken)).toBe(0);
  expect(next(pinned(1), taken, yes('cy'))).toMatchObject({
    ...{ code: 'already_decided', by: { name: 'bo', approve: true } },
  });
  const refused = played(pinned(1), yes('bo'), { is: 'discard', id: 'bo 1' });
  expect(next(pinned(1), refused, yes('cy')).is).toBe('next');
});

test('a no ends it, and who was being looked at is lost', () => {
  const denied = played(
    ...[pinned(2)],
    yes('bo'),
    { ...yes('cy'), approve: false } as StageEvent,
    counted('cy'),
  );
  expect(denied.state).toBe('denied');
  expect(denied.signatures.map(({ state }) => state)).toEqual(['lost', 'recorded']);
});

const chainOf = ({ scopeId }: Terms) => {
  const parts = scopeId.split('/');
  return parts.map((_, index) =>
    parts
      .slice(0, index + 1)
      .join('/')
      .toLowerCase(),
  );
};
const someone = fc.constantFrom('ada', 'bo', 'cy', 'di', 'ed');
const account = fc.constantFrom(1, 2);
const moment = fc.constantFrom(null, '2026-11-22T08:00:00Z', '2026-11-23T08:00:00Z');
const someTerms: fc.Arbitrary<Terms> = fc.record({
  minutes: fc.constantFrom(30, 60, 240, 480),
  scopeId: fc.constantFrom('/subscriptions/a', '/subscriptions/a/resourceGroups/b', '/subscriptions/c'),
  scopeName: fc.constant('somewhere'),
  startsAt: moment,
});
const event: fc.Arbitrary<StageEvent> = fc.oneof(
  ...[
    {
      weight: 5,
      arbitrary: fc.tuple(someone, account, fc.integer({ min: 0, max: 9 })).map(
        ([personId, n, chance]): StageEvent => ({
          ...{ is: 'sign', id: `${personId} ${n}`, personId, name: personId, approve: chance > 0 },
        }),
      ),
    },
    {
      weight: 5,
      arbitrary: fc
        .tuple(someone, account)
        .map(([personId, n]): StageEvent => ({ is: 'count', id: `${personId} ${n}` })),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(someone, account)
        .map(([personId, n]): StageEvent => ({ is: 'discard', id: `${personId} ${n}` })),
    },
    {
      weight: 1,
      arbitrary: fc
        .constantFrom('escalate', 'lapse', 'close', 'start', 'start', 'start')
        .map((is) => ({ is }) as StageEvent),
    },
    {
      weight: 1,
      arbitrary: someTerms.map(
        (less): StageEvent => ({ is: 'narrow', terms: less, scopeChain: chainOf(less) }),
      ),
    },
  ],
);

test('no order of events grants without the signatures the pinned rule asks, revives an end, or loses a request', () => {
  const reached = new Map<string, number>();
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 3 }),
      fc.array(event, { maxLength: 40 }),
      (needed, events) => {
        const rule = pinned(...needed);
        let now = begun;
        for (const one of events) {
          const outcome = next(rule, now, one);
          if (outcome.is === 'no') continue;
          const to = outcome.standing;
          // An end is one: nothing moves it any more.
          if (!isOpen(now)) {
            expect(to.state).toBe(now.state);
            expect(to.isUsed).toBe(now.isUsed);
          }
          expect(to.stage).toBeLessThan(needed.length);
          const yeses = to.signatures.filter(({ approve, state }) => approve && state === 'recorded');
          expect(new Set(yeses.map(({ personId }) => personId)).size).toBe(yeses.length);
          expect(yeses.some(({ personId }) => personId === 'ada')).toBe(false);
          if (to.state === 'approved') {
            for (const [index, many] of needed.entries())
              expect(yeses.filter((signed) => signed.stage === index).length).toBe(many);
            for (const signed of yeses)
              expect(stillFits(signed.terms, to.terms, chainOf(to.terms))).toBe(true);
            expect(to.signatures.some(({ state }) => state === 'intended')).toBe(false);
          }
          if (to.isUsed) expect(to.state).toBe('approved');
          // What waits can still be signed by somebody, or is being looked at.
          if (to.state === 'waiting') {
            const isOpenToSign =
              next(rule, to, { ...yes('nobody yet'), id: 'new' } as StageEvent).is === 'next';
            expect(isOpenToSign || to.signatures.some(({ state }) => state === 'intended')).toBe(true);
          }
          now = to;
        }
        reached.set(now.state, (reached.get(now.state) ?? 0) + 1);
      },
    ),
    { numRuns: 2000 },
  );
  // The chance that made them is worth something only if it comes everywhere.
  expect([...reached.keys()].toSorted()).toEqual(['approved', 'closed', 'denied', 'lapsed', 'waiting']);
});
