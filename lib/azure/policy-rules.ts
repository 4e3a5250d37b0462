import type { AssigningRules, AssigningSide } from '#lib/domain/assigning.ts';
import type { PolicyFacts } from '#lib/domain/policy.ts';
import { minutesOf } from '#lib/domain/time.ts';

/** Somebody a policy names as approver, before groups are expanded. */
export interface ApproverReference {
  kind: 'user' | 'group';
  id: string;
  name: string;
}

/** The fields of Graph's and ARM's rules that an activation or an assignment depends on. */
export interface PolicyRule {
  id?: string | undefined;
  maximumDuration?: string | null | undefined;
  isExpirationRequired?: boolean | null | undefined;
  enabledRules?: readonly string[] | null | undefined;
  isEnabled?: boolean | null | undefined;
  claimValue?: string | null | undefined;
  customExtensionId?: string | null | undefined;
  setting?: ApprovalSetting | null | undefined;
}

interface ApprovalSetting {
  isApprovalRequired?: boolean | null;
  approvalStages?: readonly { primaryApprovers?: readonly RawApprover[] | null }[] | null;
}

/** Graph: `@odata.type` with userId or groupId. ARM: userType with id. */
interface RawApprover {
  '@odata.type'?: string;
  userId?: string | null;
  groupId?: string | null;
  userType?: string | null;
  id?: string | null;
  description?: string | null;
}

/** PIM's own default where a policy says no length: eight hours. */
const defaultMaximumMinutes = 480;

/**
 * The activation side of a policy. Rules are found by id: their number and order vary (17 to 19), and what
 * we do not know is left alone.
 */
export function readPolicyRules(rules: readonly PolicyRule[]): {
  facts: Omit<PolicyFacts, 'approvers'>;
  approvers: ApproverReference[];
} {
  const rule = (id: string) => rules.find((one) => one.id === id);
  const enabled = rule('Enablement_EndUser_Assignment')?.enabledRules ?? [];
  const approval = rule('Approval_EndUser_Assignment')?.setting;
  const context = rule('AuthenticationContext_EndUser_Assignment');
  const longest = minutesOf(rule('Expiration_EndUser_Assignment')?.maximumDuration ?? '');
  return {
    facts: {
      maximumMinutes: longest ?? defaultMaximumMinutes,
      justification: enabled.includes('Justification'),
      ticket: enabled.includes('Ticketing'),
      mfa: enabled.includes('MultiFactorAuthentication'),
      authenticationContext: context?.isEnabled && context.claimValue ? context.claimValue : null,
      approval: approval?.isApprovalRequired === true,
    },
    approvers: (approval?.approvalStages ?? []).flatMap((stage) =>
      (stage.primaryApprovers ?? []).flatMap(reference),
    ),
  };
}

/** PIM's own default where a policy says no length: a year. */
const defaultAssignmentMinutes = 365 * 1440;

/** The administrators' side of a policy: for how long, and with what, an assignment may be given. */
export function readAssigningRules(rules: readonly PolicyRule[]): AssigningRules {
  const side = (level: 'Eligibility' | 'Assignment'): AssigningSide => {
    const expiration = rules.find(({ id }) => id === `Expiration_Admin_${level}`);
    const enabled = rules.find(({ id }) => id === `Enablement_Admin_${level}`)?.enabledRules ?? [];
    return {
      mustEnd: expiration?.isExpirationRequired === true,
      longestMinutes: minutesOf(expiration?.maximumDuration ?? '') ?? defaultAssignmentMinutes,
      ticket: enabled.includes('Ticketing'),
      mfa: enabled.includes('MultiFactorAuthentication'),
    };
  };
  return { eligible: side('Eligibility'), active: side('Assignment') };
}

function reference(raw: RawApprover): ApproverReference[] {
  const id = raw.userId ?? raw.groupId ?? raw.id;
  if (!id) return [];
  const isGroup =
    Boolean(raw.groupId) ||
    raw['@odata.type']?.endsWith('groupMembers') ||
    raw.userType?.toLowerCase() === 'group';
  return [{ kind: isGroup ? 'group' : 'user', id, name: raw.description ?? '' }];
}
