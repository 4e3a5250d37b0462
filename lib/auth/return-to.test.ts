import { describe, expect, test } from 'vitest';
import { ownPath, signInPath } from './return-to.ts';

describe('after signing in', () => {
  test.each([
    '/',
    '/requests',
    '/requests/1?tab=story&x=%2F%2Fevil',
    '/history?from=2026-01-01#top',
    '/a:b@c',
    '/https://x',
    '/authors',
  ])('%s is one of our own pages', (path) => expect(ownPath(path)).toBe(path));

  test.each([
    undefined,
    null,
    7,
    ['/requests'],
    {},
    '',
    'requests',
    'https://evil.example',
    'HTTPS://evil.example/',
    'https:/evil.example',
    'https:evil.example',
    '//evil.example',
    '///evil.example',
    '////evil.example/..',
    '//evil.example/%2f..',
    '//localhost:3000/',
    '/\\evil.example',
    '\\/evil.example',
    '\\\\evil.example',
    '/requests\\..\\x',
    '/\t/evil.example',
    '/\n/evil.example',
    '/\r/evil.example',
    '/\u0000/evil.example',
    '\t//evil.example',
    ' //evil.example',
    ' /requests',
    '/ /evil.example',
    '/\u007f/evil.example',
    '/\u0085/evil.example',
    '/.//evil.example',
    '/..//evil.example',
    '/./..//evil.example',
    '/x/..//evil.example',
    '/%2e//evil.example',
    '/%2E%2e//evil.example',
    '/x/%2e%2e//evil.example',
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'java\nscript:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    'blob:https://evil.example/1',
    'file:///etc/passwd',
    '?//evil.example',
    '#//evil.example',
    '@evil.example',
    ':80',
    '.evil.example',
    'evil.example/requests',
    '/auth/sign-in',
    '/auth/sign-in?returnTo=/auth/sign-in',
    '/AUTH/sign-in',
    '/x/../auth/sign-out',
    '/auth',
    '/api/health',
    '/%2e/api/health',
    '/%2e%2e/auth/callback?code=x',
    `/${'x'.repeat(2000)}`,
  ])('%j is home instead', (asked) => expect(ownPath(asked)).toBe('/'));

  test.each([
    '/／evil.example',
    '/%2F/evil.example',
    '/%5Cevil.example',
    '/\u2028/evil.example',
    '/\u202e/evil',
  ])('%j stays on our own host for a browser', (asked) =>
    expect(new URL(ownPath(asked), 'http://localhost:3000').host).toBe('localhost:3000'),
  );

  test('the link to sign in carries the whole path', () => {
    const url = new URL(signInPath('/history?who=a&b=c#d'), 'http://localhost');
    expect(url.searchParams.get('returnTo')).toBe('/history?who=a&b=c#d');
  });
});
