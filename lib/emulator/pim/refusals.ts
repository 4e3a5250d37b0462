import type { Plane } from '#lib/emulator/state.ts';
import { PimRefusal } from './refusal.ts';

/** The request makes no sense: bad dates, missing or contradictory fields, an unknown action. */
export const invalidRequest = () =>
  new PimRefusal(400, 'InvalidRoleAssignmentRequest', 'The role assignment request is invalid.');

export const assignmentExists = () =>
  new PimRefusal(400, 'RoleAssignmentExists', 'The Role assignment already exists.');

export const assignmentMissing = () =>
  new PimRefusal(400, 'RoleAssignmentDoesNotExist', 'The Role assignment does not exist.');

export const requestPending = () =>
  new PimRefusal(
    400,
    'PendingRoleAssignmentRequest',
    'There is already an existing pending Role assignment request.',
  );

export const subjectMissing = () => new PimRefusal(400, 'SubjectNotFound', 'The subject is not found.');

export const roleMissing = () => new PimRefusal(400, 'RoleNotFound', 'The role is not found.');

/** Azure's own spelling. */
export const tooShort = () =>
  new PimRefusal(
    400,
    'ActiveDurationTooShort',
    'The Active duration is too short. Miniumum Required is 5 minutes.',
  );

/** Every rule that failed, in one answer. */
export const rulesFailed = (rules: string[]) =>
  new PimRefusal(
    400,
    'RoleAssignmentRequestPolicyValidationFailed',
    `The following policy rules failed: ${JSON.stringify(rules)}`,
  );

/** PIM asks for an authentication context in the message itself, not in a WWW-Authenticate header. */
export const stepUpNeeded = (claimValue: string) => {
  const claims = `{"access_token":{"acrs":{"essential":true, "value":"${claimValue}"}}}`;
  return new PimRefusal(
    400,
    'RoleAssignmentRequestAcrsValidationFailed',
    `&claims=${encodeURIComponent(claims)}`,
  );
};

export const notFound = () => new PimRefusal(404, 'ResourceNotFound', 'The resource is not found.');

export const notAllowed = (plane: Plane) =>
  plane === 'azure'
    ? new PimRefusal(
        403,
        'AuthorizationFailed',
        'The caller does not have authorization to perform this action.',
      )
    : new PimRefusal(
        403,
        'Authorization_RequestDenied',
        'Insufficient privileges to complete the operation.',
      );

/** Someone else decided first, or time or the requestor did. */
export const alreadyDecided = () =>
  new PimRefusal(409, 'Conflict', 'The approval has already been completed.');

/** Role settings that make no sense. */
export const invalidPolicy = () => new PimRefusal(400, 'InvalidPolicy', 'The policy is invalid.');

/** Nobody takes the highest role from themselves. */
export const ownGlobalAdministrator = () =>
  new PimRefusal(
    400,
    'Request_BadRequest',
    'Removing self from Global Administrator built-in role is not allowed',
  );
