import { expect, test } from 'vitest';
import { withoutSecrets } from './without-secrets.ts';

test.each([
  ['401 with Bearer abc.def', '401 with [removed]'],
  ['token eyJhbGciOiJSUzI1NiJ9.eyJhIjoxfQ.c2ln was refused', 'token [removed] was refused'],
  ['POST /token?client_secret=hush&x=1', 'POST /token?[removed]'],
  ['Azure answered 500.', 'Azure answered 500.'],
])('%s', (text, shown) => {
  expect(withoutSecrets(text)).toBe(shown);
});

test('long errors are cut', () => {
  expect(withoutSecrets('x'.repeat(5000)).length).toBeLessThan(410);
});
