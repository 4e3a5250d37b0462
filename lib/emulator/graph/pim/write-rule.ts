import { isRow, type Row } from '#lib/emulator/graph/exchange.ts';
import { adminRulesOf } from '#lib/emulator/pim/admin-rules.ts';
import { durationMs } from '#lib/emulator/pim/duration.ts';
import { invalidPolicy } from '#lib/emulator/pim/refusals.ts';
import type { AdminRules, Policy, State } from '#lib/emulator/state.ts';
import { policyRules } from './policy-rules.ts';
import { readApproval } from './read-approval.ts';

const enabling: Policy['enabledRules'] = ['Justification', 'MultiFactorAuthentication', 'Ticketing'];
const DAY_MS = 86_400_000;
/** PIM calls the same plane another name where it speaks of custom extensions. */
const resourceTypes = { entra: 'entraRoles', group: 'entraGroups', azure: 'azureResources' };

/** The policy with one rule as the body of a PATCH says; what the body does not name stays. Throws InvalidPolicy. */
export function withRule(state: State, policy: Policy, body: Row): Policy {
  const id = typeof body.id === 'string' ? body.id : '';
  const before = policyRules(policy).find((rule) => rule.id === id);
  const type = body['@odata.type'] ?? before?.['@odata.type'];
  if (!id || typeof type !== 'string' || (before && type !== before['@odata.type'])) throw invalidPolicy();
  const rule: Row = {
    ...before,
    ...body,
    '@odata.type': type,
    target: targetOf(body.target, before?.target),
  };
  const written = { ...policy, writtenRules: { ...policy.writtenRules, [id]: rule } };
  if (id.startsWith('CustomExtension_')) checkExtension(state, policy, rule);
  return { ...written, ...meaning(policy, id, rule) };
}

/** What a rule changes for the engine. */
function meaning(policy: Policy, id: string, rule: Row): Partial<Policy> {
  const admin = structuredClone(adminRulesOf(policy));
  switch (id) {
    case 'Expiration_EndUser_Assignment': {
      const maximumDuration = durationOf(rule);
      if ((durationMs(maximumDuration) ?? 0) > DAY_MS) throw invalidPolicy();
      return { maximumDuration };
    }
    case 'Enablement_EndUser_Assignment':
      return { enabledRules: enabledOf(rule) };
    case 'Approval_EndUser_Assignment':
      return { approval: readApproval(rule) };
    case 'AuthenticationContext_EndUser_Assignment': {
      const { isEnabled, claimValue } = rule;
      if (typeof isEnabled !== 'boolean' || (isEnabled && typeof claimValue !== 'string'))
        throw invalidPolicy();
      return {
        authenticationContext: {
          enabled: isEnabled,
          claimValue: typeof claimValue === 'string' ? claimValue : '',
        },
      };
    }
    case 'Expiration_Admin_Eligibility':
      return { admin: { ...admin, eligibility: expiring(admin.eligibility, rule) } };
    case 'Expiration_Admin_Assignment':
      return { admin: { ...admin, assignment: expiring(admin.assignment, rule) } };
    case 'Enablement_Admin_Eligibility':
      return { admin: { ...admin, eligibility: { ...admin.eligibility, enabledRules: enabledOf(rule) } } };
    case 'Enablement_Admin_Assignment':
      return { admin: { ...admin, assignment: { ...admin.assignment, enabledRules: enabledOf(rule) } } };
    default:
      return {};
  }
}

/** The service prints its operations in lower case, whatever was sent. */
function targetOf(sent: unknown, before: unknown): Row {
  if (sent === undefined && isRow(before)) return before;
  if (!isRow(sent)) throw invalidPolicy();
  const { '@odata.type': _type, ...target } = sent;
  const known = isRow(before) ? before : {};
  const { caller = known.caller, level = known.level, operations } = target;
  if (typeof caller !== 'string' || typeof level !== 'string') throw invalidPolicy();
  if (isRow(before) && (caller !== before.caller || level !== before.level)) throw invalidPolicy();
  const printed = Array.isArray(operations) ? operations.map((one) => String(one).toLowerCase()) : ['all'];
  return { inheritableSettings: [], enforcedSettings: [], ...target, caller, level, operations: printed };
}

function expiring(before: AdminRules, rule: Row): AdminRules {
  if (typeof rule.isExpirationRequired !== 'boolean') throw invalidPolicy();
  return { ...before, isExpirationRequired: rule.isExpirationRequired, maximumDuration: durationOf(rule) };
}

function durationOf({ maximumDuration }: Row): string {
  if (typeof maximumDuration !== 'string' || durationMs(maximumDuration) === null) throw invalidPolicy();
  return maximumDuration;
}

function enabledOf({ enabledRules }: Row): Policy['enabledRules'] {
  if (!Array.isArray(enabledRules)) throw invalidPolicy();
  return enabledRules.map((sent) => {
    const known = enabling.find((one) => one === sent);
    if (!known) throw invalidPolicy();
    return known;
  });
}

/** An extension serves the roles of its own resource type only. */
function checkExtension({ graph }: State, { plane }: Policy, { isEnabled, customExtensionId }: Row): void {
  if (isEnabled !== true && !customExtensionId) return;
  const extension = graph.customExtensions.find(({ id }) => id === String(customExtensionId).toLowerCase());
  if (extension?.resourceType !== resourceTypes[plane]) throw invalidPolicy();
}
