import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isPlainBody } from './plain-body.ts';

describe('the body of an action', () => {
  test.each([
    '[]',
    '["id"]',
    '["$undefined"]',
    '["$$5 off"]',
    '[{"roles":[{"key":"a|b|/","minutes":30}],"startsAt":null}]',
    '[{"document":{"rules":[{"then":{"stages":[{"escalation":{"approvers":[{"is":"person"}]}}]}}]}}]',
  ])('%s is plain', (body) => expect(isPlainBody(body)).toBe(true));

  test.each([
    '',
    'null',
    '{}',
    '"id"',
    '[',
    '["$F1"]',
    '["$1:__proto__:then"]',
    '["$@0"]',
    '["$Q0"]',
    '["$B1"]',
    '["$K1"]',
    '["$D2026-01-01"]',
    '[{"then":"$1:constructor"}]',
    '[{"__proto__":{"admin":true}}]',
    `${'['.repeat(5000)}${']'.repeat(5000)}`,
    '["a"] ["b"]',
  ])('%s is not', (body) => expect(isPlainBody(body)).toBe(false));

  test('whatever people type, as React sends it, is plain', () => {
    // React doubles a leading `$`.
    const sent = fc.string({ unit: 'binary' }).map((text) => (text.startsWith('$') ? `$${text}` : text));
    fc.assert(fc.property(sent, (text) => isPlainBody(JSON.stringify([{ justification: text }]))));
  });
});
