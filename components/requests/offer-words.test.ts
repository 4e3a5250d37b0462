import { expect, test } from 'vitest';
import { changesOf } from './offer-words.ts';

const asked = { minutes: 120, scopeId: '/subscriptions/S', scopeName: 'Staging', startsAt: null };
const when = (at: Date) => at.toISOString();

test('an offer tells what it changes, and nothing else', () => {
  expect(changesOf(asked, { ...asked, minutes: 30 }, when)).toEqual([
    { what: 'Length', from: '2 h', to: '30 min' },
  ]);
  const offered = {
    ...asked,
    scopeId: '/subscriptions/s/x',
    scopeName: 'x',
    startsAt: '2026-11-22T18:00:00.000Z',
  };
  expect(changesOf(asked, offered, when)).toEqual([
    { what: 'Place', from: 'Staging', to: 'x' },
    { what: 'Start', from: 'as soon as it is started', to: '2026-11-22T18:00:00.000Z' },
  ]);
});

test('a place that is only called otherwise is the same', () => {
  expect(changesOf(asked, { ...asked, scopeId: '/SUBSCRIPTIONS/s', scopeName: 'staging' }, when)).toEqual([]);
});
