import { claimsInHeader, claimsInMessage } from './claims.ts';
import { AzureFault, type FaultKind } from './faults.ts';

/** What an SDK error boils down to. `status` 0: no answer came. */
export interface Failure {
  status: number;
  code: string;
  message: string;
  header: (name: string) => string | null;
  cause: unknown;
}

const kindByCode: Record<string, FaultKind> = {
  RoleAssignmentExists: 'already_exists',
  PendingRoleAssignmentRequest: 'already_exists',
  RoleAssignmentDoesNotExist: 'not_active',
  ActiveDurationTooShort: 'too_short',
  RoleAssignmentRequestAcrsValidationFailed: 'step_up_needed',
  SubjectNotFound: 'not_yet_visible',
  PrincipalNotFound: 'not_yet_visible',
  RoleNotFound: 'not_found',
  ResourceIsLocked: 'locked',
  ScopeLocked: 'locked',
  AadPremiumLicenseRequired: 'unlicensed',
  Authentication_RequestFromNonPremiumTenantOrB2CTenant: 'unlicensed',
  InsufficientPermissions: 'not_allowed',
};

/**
 * Names what went wrong. A write without a clear answer is `unknown_outcome`: it may have had its effect;
 * 429 and 503 are refusals, the call may be sent again. What nothing here knows is `unrecognised`.
 */
export function faultOf(failure: Failure, effect: 'read' | 'write'): AzureFault {
  const { code, message } = innermost(failure);
  const claims = claimsInHeader(failure.header('WWW-Authenticate')) ?? claimsInMessage(message);
  const rules = code === 'RoleAssignmentRequestPolicyValidationFailed' ? rulesIn(message) : [];
  const kind = claims ? 'step_up_needed' : kindOf(failure.status, code, rules, effect);
  return new AzureFault(kind, {
    status: failure.status,
    code,
    message: message || `Azure answered ${failure.status}`,
    rules,
    claims,
    retryAfterSeconds: secondsOf(failure.header('Retry-After')),
    cause: failure.cause,
  });
}

function kindOf(status: number, code: string, rules: string[], effect: 'read' | 'write'): FaultKind {
  const known = kindByCode[code];
  if (known) return known;
  if (rules.includes('EligibilityRule')) return 'not_eligible';
  if (rules.length > 0) return rules.every((rule) => rule === 'MfaRule') ? 'mfa_needed' : 'policy_refused';
  if (status === 429 || status === 503) return 'busy';
  // A success the SDK could not read is no refusal either.
  if (status < 400 || status === 408) return 'unknown_outcome';
  if (status >= 500 && status !== 501) return effect === 'write' ? 'unknown_outcome' : 'busy';
  if (status === 401) return 'token_refused';
  if (status === 403) return 'not_allowed';
  return status === 404 ? 'not_found' : 'unrecognised';
}

/** Both text forms: `failed: ["MfaRule"]` and `MfaRule - Multi-factor authentication is required`. */
function rulesIn(message: string): string[] {
  return [...new Set(message.match(/\b[A-Z]\w*Rule\b/g) ?? [])];
}

/** Graph wraps PIM's own error as JSON text in the message of an UnknownError. */
function innermost({ code, message }: Failure): { code: string; message: string } {
  if (!message.startsWith('{')) return { code, message };
  try {
    const { errorCode, message: inner }: Record<string, unknown> = JSON.parse(message);
    return {
      code: typeof errorCode === 'string' ? errorCode : code,
      message: typeof inner === 'string' ? inner : message,
    };
  } catch {
    return { code, message };
  }
}

function secondsOf(retryAfter: string | null): number | null {
  if (!retryAfter) return null;
  const seconds = Number(retryAfter);
  if (Number.isFinite(seconds)) return Math.max(0, seconds);
  const until = Date.parse(retryAfter);
  return Number.isNaN(until) ? null : Math.max(0, Math.ceil((until - Date.now()) / 1000));
}
