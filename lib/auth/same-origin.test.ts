import { describe, expect, test } from 'vitest';
import { Refusal } from '#lib/domain/refusal.ts';
import { requireSameOrigin } from './same-origin.ts';

const own = 'https://stint.example.com';

describe('a change is accepted only from Stint’s own page', () => {
  test.each([
    { origin: own },
    { origin: own, host: 'inside:3000' },
    { origin: own, 'sec-fetch-site': 'same-origin' },
    { 'sec-fetch-site': 'same-origin' },
  ])('accepted: %j', (headers) => expect(() => requireSameOrigin(new Headers(headers), own)).not.toThrow());

  test.each([
    {},
    { host: 'stint.example.com' },
    { referer: `${own}/requests` },
    { origin: 'null' },
    { origin: '' },
    { origin: 'https://evil.example' },
    { origin: 'http://stint.example.com' },
    { origin: `${own}:8443` },
    { origin: `${own}.evil.example` },
    { origin: 'https://evil.stint.example.com' },
    { origin: `${own}/` },
    { origin: own.toUpperCase() },
    { origin: `${own}, https://evil.example` },
    { origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' },
    { origin: 'null', 'sec-fetch-site': 'same-origin' },
    { origin: 'https://evil.example', host: 'evil.example', 'x-forwarded-host': 'evil.example' },
    { 'x-forwarded-host': 'stint.example.com', 'x-forwarded-proto': 'https' },
    { 'x-forwarded-origin': own },
    { 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'none' },
    { 'sec-fetch-site': 'Same-Origin' },
  ])('refused: %j', (headers) => {
    expect(() => requireSameOrigin(new Headers(headers as Record<string, string>), own)).toThrow(
      expect.objectContaining({ name: Refusal.name, code: 'cross_site' }),
    );
  });

  test('without an origin handed in it is the configured one', () => {
    expect(() => requireSameOrigin(new Headers({ origin: 'http://localhost:3000' }))).not.toThrow();
    expect(() => requireSameOrigin(new Headers({ origin: own }))).toThrow(Refusal);
  });
});
