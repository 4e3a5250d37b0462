import { expect, test } from 'vitest';
import { contentSecurityPolicy } from './content-security-policy.ts';

function directives(framedByAuthority = false): Map<string, string> {
  const policy = contentSecurityPolicy('the-nonce', { framedByAuthority });
  return new Map(
    policy.split('; ').map((one) => [one.slice(0, one.indexOf(' ')), one.slice(one.indexOf(' ') + 1)]),
  );
}

test('scripts and style elements run only with the nonce of this answer', () => {
  const policy = directives();
  expect(policy.get('script-src')).toBe("'self' 'nonce-the-nonce' 'strict-dynamic'");
  expect(policy.get('style-src')).toBe("'self' 'nonce-the-nonce'");
  expect([...policy.values()].join(' ')).not.toContain('unsafe-eval');
});

test('no plug-ins, no other base, no calls elsewhere, and forms lead only here or to the authority', () => {
  const policy = directives();
  expect([policy.get('object-src'), policy.get('base-uri')]).toEqual(["'none'", "'none'"]);
  expect(policy.get('connect-src')).toBe("'self'");
  expect(policy.get('form-action')).toBe("'self' https://localhost:4443 http://localhost:4400");
});

test('only pages that may ask for a fresh sign-in call the authority, and nobody else with it', () => {
  const policy = contentSecurityPolicy('the-nonce', { framedByAuthority: false, asksAuthority: true });
  expect(policy).toContain("connect-src 'self' http://localhost:4400;");
});

test('nobody frames Stint; only the notice of a sign-out may be framed, by the authority', () => {
  expect(directives().get('frame-ancestors')).toBe("'none'");
  expect(directives(true).get('frame-ancestors')).toBe('https://localhost:4443 http://localhost:4400');
});
