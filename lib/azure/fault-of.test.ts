import { expect, test } from 'vitest';
import { readErrorBody } from './error-body.ts';
import { type Failure, faultOf } from './fault-of.ts';

function fault(
  failure: Partial<Omit<Failure, 'header'>>,
  effect: 'read' | 'write' = 'write',
  headers: Record<string, string> = {},
) {
  const header = (name: string) => headers[name] ?? null;
  return faultOf({ status: 400, code: '', message: '', cause: null, ...failure, header }, effect);
}

const policyFailed = 'RoleAssignmentRequestPolicyValidationFailed';

test.each([
  ['RoleAssignmentExists', 'already_exists'],
  ['PendingRoleAssignmentRequest', 'already_exists'],
  ['RoleAssignmentDoesNotExist', 'not_active'],
  ['ActiveDurationTooShort', 'too_short'],
  ['SubjectNotFound', 'not_yet_visible'],
  ['ResourceIsLocked', 'locked'],
  ['AadPremiumLicenseRequired', 'unlicensed'],
  ['InsufficientPermissions', 'not_allowed'],
  ['SomethingNew', 'unrecognised'],
])('400 %s is %s', (code, kind) => {
  expect(fault({ code }).kind).toBe(kind);
});

test.each([
  [0, 'write', 'unknown_outcome'],
  [0, 'read', 'unknown_outcome'],
  [200, 'write', 'unknown_outcome'],
  [401, 'write', 'token_refused'],
  [403, 'write', 'not_allowed'],
  [404, 'read', 'not_found'],
  [409, 'write', 'unrecognised'],
  [429, 'write', 'busy'],
  [500, 'read', 'busy'],
  [500, 'write', 'unknown_outcome'],
  [501, 'write', 'unrecognised'],
  [503, 'write', 'busy'],
  [504, 'write', 'unknown_outcome'],
] as const)('status %d on a %s is %s', (status, effect, kind) => {
  expect(fault({ status }, effect).kind).toBe(kind);
});

test.each([
  ['The following policy rules failed: ["MfaRule"]', 'mfa_needed', ['MfaRule']],
  ['MfaRule - Multi-factor authentication is required', 'mfa_needed', ['MfaRule']],
  ['The following policy rules failed: ["EligibilityRule"]', 'not_eligible', ['EligibilityRule']],
  [
    'The following policy rules failed: ["JustificationRule","MfaRule"]',
    'policy_refused',
    ['JustificationRule', 'MfaRule'],
  ],
  ['TicketingRule - Ticket information is required', 'policy_refused', ['TicketingRule']],
])('policy failure “%s” is %s', (message, kind, rules) => {
  expect(fault({ code: policyFailed, message })).toMatchObject({ kind, rules });
});

test('PIM’s step-up brings its claims percent-encoded in the message', () => {
  const claims = '{"access_token":{"acrs":{"essential":true, "value":"c1"}}}';
  const asked = fault({
    code: 'RoleAssignmentRequestAcrsValidationFailed',
    message: `&claims=${encodeURIComponent(claims)}`,
  });
  expect(asked).toMatchObject({ kind: 'step_up_needed', claims, retry: 'after_sign_in' });
});

test('a claims challenge brings them in base64 in the header, and only insufficient_claims is one', () => {
  const claims = '{"access_token":{"acrs":{"essential":true,"values":["p1"]}}}';
  const header = (error: string) => ({
    'WWW-Authenticate': `Bearer realm="", error="${error}", claims="${Buffer.from(claims).toString('base64')}"`,
  });
  const challenge = fault({ status: 401 }, 'write', header('insufficient_claims'));
  expect(challenge).toMatchObject({ kind: 'step_up_needed', claims });
  expect(fault({ status: 401 }, 'write', header('invalid_token')).kind).toBe('token_refused');
});

test('Retry-After is read in seconds and as a date', () => {
  expect(fault({ status: 429 }, 'read', { 'Retry-After': '12' }).retryAfterSeconds).toBe(12);
  const past = fault({ status: 429 }, 'read', { 'Retry-After': 'Wed, 21 Oct 2015 07:28:00 GMT' });
  expect(past.retryAfterSeconds).toBe(0);
  expect(fault({ status: 429 }).retryAfterSeconds).toBeNull();
});

test('an error wrapped as JSON in an UnknownError is taken out of it', () => {
  const message = '{"errorCode":"PermissionScopeNotGranted","message":"Scope missing."}';
  expect(fault({ status: 403, code: 'UnknownError', message })).toMatchObject({
    kind: 'not_allowed',
    code: 'PermissionScopeNotGranted',
    message: 'Scope missing.',
  });
});

test('both envelopes are read, and nonsense is empty', () => {
  const read = { code: 'X', message: 'Y' };
  expect(readErrorBody({ error: read })).toEqual(read);
  expect(readErrorBody({ 'odata.error': { code: 'X', message: { lang: 'en', value: 'Y' } } })).toEqual(read);
  for (const other of [null, 'text', {}, { error: 'invalid_grant' }]) {
    expect(readErrorBody(other)).toEqual({ code: '', message: '' });
  }
});
