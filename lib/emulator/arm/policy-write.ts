import { durationMs } from '#lib/emulator/pim/duration.ts';
import { invalidPolicy } from '#lib/emulator/pim/refusals.ts';
import type { AdminRules, Policy } from '#lib/emulator/state.ts';
import { fields, text } from './request-body.ts';

const DEFAULT_ADMIN: NonNullable<Policy['admin']> = {
  eligibility: { isExpirationRequired: false, maximumDuration: 'P365D', enabledRules: [] },
  assignment: {
    isExpirationRequired: false,
    maximumDuration: 'P180D',
    enabledRules: ['MultiFactorAuthentication', 'Justification'],
  },
};
const ENABLING: Policy['enabledRules'] = ['Justification', 'MultiFactorAuthentication', 'Ticketing'];

/** What administrators must heed where nobody changed it. */
export function adminRulesOf({ admin = DEFAULT_ADMIN }: Policy): NonNullable<Policy['admin']> {
  return admin;
}

/**
 * Takes over the rules of a PATCH: those named change, the others stay, unknown ones are kept as they were sent (contract
 * 5.3). Throws InvalidPolicy for a rule that makes no sense; the policy is untouched then.
 */
export function withRules(policy: Policy, rules: unknown): Policy {
  if (!Array.isArray(rules)) throw invalidPolicy();
  return rules.map(fields).reduce<Policy>(withRule, structuredClone(policy));
}

function withRule(policy: Policy, rule: Record<string, unknown>): Policy {
  const id = text(rule.id);
  if (!id) throw invalidPolicy();
  const merged = { ...policy.writtenRules?.[id], ...rule };
  const written = { ...policy, writtenRules: { ...policy.writtenRules, [id]: merged } };
  const admin = structuredClone(adminRulesOf(policy));
  switch (id) {
    case 'Expiration_EndUser_Assignment':
      return { ...written, maximumDuration: duration(rule, policy.maximumDuration) };
    case 'Enablement_EndUser_Assignment':
      return { ...written, enabledRules: enabling(rule) };
    case 'Approval_EndUser_Assignment':
      return { ...written, approval: approval(fields(rule.setting)) };
    case 'AuthenticationContext_EndUser_Assignment':
      return {
        ...written,
        authenticationContext: { enabled: rule.isEnabled === true, claimValue: text(rule.claimValue) ?? '' },
      };
    case 'Expiration_Admin_Eligibility':
      return { ...written, admin: { ...admin, eligibility: expiration(rule, admin.eligibility) } };
    case 'Expiration_Admin_Assignment':
      return { ...written, admin: { ...admin, assignment: expiration(rule, admin.assignment) } };
    case 'Enablement_Admin_Eligibility':
      admin.eligibility.enabledRules = enabling(rule);
      return { ...written, admin };
    case 'Enablement_Admin_Assignment':
      admin.assignment.enabledRules = enabling(rule);
      return { ...written, admin };
    default:
      return written;
  }
}

function expiration(rule: Record<string, unknown>, before: AdminRules): AdminRules {
  const isRequired = rule.isExpirationRequired ?? before.isExpirationRequired;
  return {
    ...before,
    isExpirationRequired: isRequired === true,
    maximumDuration: duration(rule, before.maximumDuration),
  };
}

function duration(rule: Record<string, unknown>, before: string): string {
  const written = text(rule.maximumDuration) ?? before;
  if (durationMs(written) === null) throw invalidPolicy();
  return written;
}

function enabling(rule: Record<string, unknown>): Policy['enabledRules'] {
  if (!Array.isArray(rule.enabledRules)) throw invalidPolicy();
  return rule.enabledRules.map((written) => {
    const known = ENABLING.find((one) => one === written);
    if (known === undefined) throw invalidPolicy();
    return known;
  });
}

function approval(setting: Record<string, unknown>): Policy['approval'] {
  const [stage] = Array.isArray(setting.approvalStages) ? setting.approvalStages : [];
  const primary = fields(stage).primaryApprovers;
  const approvers = (Array.isArray(primary) ? primary : []).map(fields).map((approver) => {
    const id = text(approver.id)?.toLowerCase();
    if (!id) throw invalidPolicy();
    const kind = text(approver.userType)?.toLowerCase() === 'group' ? ('group' as const) : ('user' as const);
    return { kind, id, description: text(approver.description) ?? '' };
  });
  const required = setting.isApprovalRequired === true;
  // Azure roles have no approvers to fall back to.
  if (required && approvers.length === 0) throw invalidPolicy();
  return { required, approvers };
}
