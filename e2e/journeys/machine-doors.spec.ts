import { expect } from '#e2e/fixtures/expect.ts';
import { test } from '#e2e/fixtures/people.ts';

test('health says that all is well, to anybody, and nothing about anybody', async ({ request }) => {
  const answer = await request.get('/api/health');
  expect(answer.status()).toBe(200);
  const { mirrorAgeSeconds, now, ...state } = (await answer.json()) as Record<string, unknown>;
  expect(state).toEqual({ status: 'ok', database: 'ok', jobs: 'ok' });
  expect(new Date(String(now)).getTime()).not.toBeNaN();
  expect(mirrorAgeSeconds === null || typeof mirrorAgeSeconds === 'number').toBe(true);
});

test('streams and exports answer no stranger', async ({ request }) => {
  expect((await request.get('/api/stream')).status()).toBe(401);
  expect((await request.get('/api/exports/history')).status()).toBe(401);
});

test('a stranger who opens a page is sent to sign in', async ({ request }) => {
  for (const path of ['/', '/requests', '/approvals', '/history']) {
    const answer = await request.get(path, { maxRedirects: 0 });
    expect(answer.status()).toBe(307);
    expect(answer.headers().location).toContain('/auth/sign-in?returnTo=');
  }
});

test('every page carries the headers that keep it to itself', async ({ lou }) => {
  for (const path of ['/', '/requests', '/approvals', '/history']) {
    const answer = await lou.page.goto(path);
    const headers = answer?.headers() ?? {};
    const policy = headers['content-security-policy'] ?? '';
    expect(policy).toMatch(/script-src 'self' 'nonce-[^']+' 'strict-dynamic'/);
    for (const part of ["object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"]) {
      expect(policy).toContain(part);
    }
    expect(policy).not.toMatch(/script-src[^;]*unsafe/);
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      // It keeps hold of the window it opened for a stronger sign-in, and nobody gets hold of it.
      'cross-origin-opener-policy': 'same-origin-allow-popups',
      'referrer-policy': 'same-origin',
    });
    expect(headers['cache-control']).toContain('no-store');
  }
  const cookies = await lou.context.cookies();
  const session = cookies.find(({ name }) => name.startsWith('__Host-stint'));
  expect(session).toMatchObject({ httpOnly: true, secure: true, sameSite: 'Lax', path: '/' });
});
