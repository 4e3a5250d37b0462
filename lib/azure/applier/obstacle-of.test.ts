import { expect, test } from 'vitest';
import { faultOf } from '#lib/azure/fault-of.ts';
import { isGone, obstacleOf } from './obstacle-of.ts';

const fault = (status: number, code: string, message: string) =>
  faultOf({ status, code, message, header: () => null, cause: null }, 'write');

/** Microsoft's own words, as they were seen. */
test.each([
  [
    409,
    'ScopeLocked',
    'The scope … cannot perform delete operation because following scope(s) are locked',
    'locked',
  ],
  [
    ...[403, 'Authorization_RequestDenied'],
    'Insufficient privileges to complete the operation. Target object is a member of a restricted management administrative unit and can only be modified by administrators scoped to that administrative unit.',
    'restricted_unit',
  ],
  [
    400,
    'ActiveDurationTooShort',
    'The Active duration is too short. Miniumum Required is 5 minutes.',
    'too_young',
  ],
  [403, 'DenyAssignmentAuthorizationFailed', 'The client has permission, but is denied', 'deny_assignment'],
  [412, '', 'Cannot delete the last RBAC admin assignment', 'last_administrator'],
  [
    400,
    'Request_BadRequest',
    'Cannot update the members of a group with dynamic membership.',
    'dynamic_group',
  ],
  [403, 'AuthorizationFailed', 'The client does not have authorization', 'not_allowed'],
  [
    ...[400, 'RoleAssignmentRequestPolicyValidationFailed'],
    'The following policy rules failed: ["ExpirationRule"]',
    'failed',
  ],
  [418, 'Teapot', 'Something new', 'failed'],
] as const)('%i %s: %s', (status, code, message, outcome) => {
  const told = obstacleOf(fault(Number(status), String(code), String(message)));
  expect(told.outcome).toBe(outcome);
  expect(told.why).not.toBe('');
});

test('what may be told again is thrown on, and so is what is none of Azure’s', () => {
  for (const error of [
    fault(429, '', 'Too many requests'),
    fault(504, '', 'Gateway timeout'),
    fault(0, '', 'socket hang up'),
    fault(401, 'InvalidAuthenticationToken', 'expired'),
    new TypeError('a bug'),
  ]) {
    expect(() => obstacleOf(error)).toThrow(error);
  }
});

test('gone is said in several ways', () => {
  expect(isGone(fault(400, 'RoleAssignmentDoesNotExist', 'The Role assignment does not exist.'))).toBe(true);
  expect(isGone(fault(404, 'Request_ResourceNotFound', 'Resource … does not exist'))).toBe(true);
  expect(isGone(fault(403, 'AuthorizationFailed', 'no'))).toBe(false);
});
