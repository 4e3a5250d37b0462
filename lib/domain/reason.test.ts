import { expect, test } from 'vitest';
import { reasonFault, reasonLength } from './reason.ts';
import { defaultSettings } from './settings.ts';

const rules = defaultSettings.reasons;
const asked = { ...rules, shortest: 12 };

test.each([
  'test',
  'TEST',
  ' Test. ',
  '“testing”',
  'N/A',
  'ｔｅｓｔ',
  'aaaa',
  '.....',
  '---',
  'あああ',
  'deploy deploy deploy',
  'asdf',
  'qwertz',
  'poiu',
  '12345',
  'йцукен',
  'CHG0090311',
  'OPS-12',
  '#4711',
  'inc 4711',
])('%s says nothing', (text) => {
  expect(reasonFault(text, rules)).not.toBeNull();
});

test.each([
  'Rotate the certificate of payments',
  'OPS-12: rotate the certificate',
  'Fix DNS',
  'Go',
  'A1',
  'Notfall',
  'hati-hati',
  '更新证书',
  '証明書を更新する',
  '인증서 교체',
  'تجديد الشهادة',
  'Обновить сертификат',
  'prod is down',
  'test the failover of payments',
])('%s says something', (text) => {
  expect(reasonFault(text, rules)).toBeNull();
});

test('an empty one is not judged here: whether a reason is needed is PIM’s rule', () => {
  expect(reasonFault('  ', asked)).toBeNull();
});

test('length is counted as people see it, and in no language punished for short words', () => {
  expect(reasonLength('a b c')).toBe(3);
  expect(reasonLength('👩‍👩‍👧‍👦')).toBe(1);
  expect(reasonLength('é')).toBe(reasonLength('e\u0301'));
  expect(reasonLength('更新证书')).toBe(8);
  expect(reasonFault('更换支付证书', asked)).toBeNull();
  expect(reasonFault('ลบเครื่องเก่าออก', asked)).toBeNull();
  expect(reasonFault('Fix DNS', asked)).toBe('A little more, please: 6 characters to go.');
  expect(reasonFault('Fix DNS now.', asked)).toBe('A little more, please: 2 characters to go.');
});

test('what an administrator does not mind is let through', () => {
  const lenient = { shortest: 0, refusesNoise: false, emptyPhrases: [] };
  for (const text of ['test', 'aaaa', 'CHG0090311', '.']) expect(reasonFault(text, lenient)).toBeNull();
});

test('a phrase an administrator adds counts whole and in any case, not inside another', () => {
  const own = { ...rules, emptyPhrases: ['Daily  Work'] };
  expect(reasonFault('daily work', own)).toContain('says nothing');
  expect(reasonFault('Daily work on the payments vault', own)).toBeNull();
});
