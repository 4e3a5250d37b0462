import { expect, test } from 'vitest';
import { fuzzy } from './fuzzy.ts';

const names = [
  'Security Reader Directory',
  'Application Administrator Directory',
  'Storage Blob Data Contributor stpaymentsprod',
  'Contributor Staging',
  'Deployment Operator Staging',
  'sg-oncall-platform member',
];
const best = (typed: string) =>
  names
    .flatMap((name) => {
      const score = fuzzy(typed, name);
      return score === null ? [] : [{ name, score }];
    })
    .toSorted((one, other) => other.score - one.score)
    .map(({ name }) => name)[0];

test('three letters find a role: of its beginning, of its words, or within', () => {
  expect(best('sec')).toBe('Security Reader Directory');
  expect(best('con')).toBe('Contributor Staging');
  expect(best('sbd')).toBe('Storage Blob Data Contributor stpaymentsprod');
  expect(best('onc')).toBe('sg-oncall-platform member');
});

test('words come in any order, and each has to fit', () => {
  expect(best('stag dep')).toBe('Deployment Operator Staging');
  expect(best('staging contr')).toBe('Contributor Staging');
  expect(fuzzy('staging zebra', 'Contributor Staging')).toBeNull();
});

test('what is typed as it is comes before the same letters scattered', () => {
  expect(fuzzy('sr', 'SR tools') ?? 0).toBeGreaterThan(fuzzy('sr', 'Security Reader') ?? 0);
});

test('letters from the middle of words find nothing: Enter must not do what nobody meant', () => {
  expect(fuzzy('con', 'Key Vault Secrets Officer, rg-payments')).toBeNull();
});
