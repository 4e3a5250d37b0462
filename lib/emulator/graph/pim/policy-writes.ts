import { at, type Exchange, isRow, type Route, type Row } from '#lib/emulator/graph/exchange.ts';
import { requirePimPermission, requireUser } from '#lib/emulator/graph/permissions.ts';
import { badRequest, denied, resourceMissing } from '#lib/emulator/graph/refusal.ts';
import { auditPolicy } from '#lib/emulator/pim/audit-pim.ts';
import { mayAdminister } from '#lib/emulator/pim/may-administer.ts';
import { storePolicy } from '#lib/emulator/pim/policies.ts';
import { invalidPolicy } from '#lib/emulator/pim/refusals.ts';
import { namedPolicy, policyEntity } from './policy-routes.ts';
import { policyRules } from './policy-rules.ts';
import { withRule } from './write-rule.ts';

const policies = '/policies/roleManagementPolicies';
const writers = {
  entra: ['RoleManagementPolicy.ReadWrite.Directory', 'RoleManagement.ReadWrite.Directory'],
  group: ['RoleManagementPolicy.ReadWrite.AzureADGroup'],
  azure: [],
};

/**
 * Role settings changed: one rule that is there, or the policy with its rules, which may bring new ones. Rules and properties
 * nobody knows are kept. One rule is for people only: the reference says of application permissions "Not supported". The policy
 * whole is for applications too.
 */
export const policyWrites: Route[] = [
  {
    method: 'PATCH',
    path: `${policies}/{id}/rules/{rule}`,
    answer: (exchange) => {
      const { policy } = writable(exchange);
      const id = at(exchange, 'rule');
      const { body } = exchange.call;
      if (!policyRules(policy).some((rule) => rule.id === id)) throw resourceMissing(id);
      if (!isRow(body)) throw badRequest('Empty Payload. JSON content expected.');
      if (body.id !== undefined && body.id !== id) throw invalidPolicy();
      write(exchange, [{ ...body, id }]);
      return { status: 204 };
    },
  },
  {
    method: 'PATCH',
    path: `${policies}/{id}`,
    answer: (exchange) => {
      writable(exchange, true);
      const rules = isRow(exchange.call.body) ? exchange.call.body.rules : undefined;
      // What a list that leaves rules out does is nowhere documented; here they stay.
      if (!Array.isArray(rules) || rules.length === 0 || !rules.every(isRow)) throw invalidPolicy();
      write(exchange, isWhole(exchange, rules) ? [...rules, ...extensionRules(rules)] : rules);
      const { policy, scopeType } = namedPolicy(exchange, at(exchange, 'id'));
      return policyEntity(exchange, policy, scopeType);
    },
  },
];

function writable(exchange: Exchange, whole = false) {
  if (!whole) requireUser(exchange);
  const found = namedPolicy(exchange, at(exchange, 'id'));
  const { plane, scope } = found.policy;
  requirePimPermission(exchange, writers[plane]);
  if (plane === 'azure' || !mayAdminister(exchange.world, exchange.caller, plane, scope)) throw denied();
  return found;
}

/** Every rule that is there is sent along, as the portal does when role settings are saved. */
function isWhole(exchange: Exchange, rules: Row[]): boolean {
  const { policy } = namedPolicy(exchange, at(exchange, 'id'));
  return policyRules(policy).every(({ id }) => rules.some((sent) => sent.id === id));
}

/** Such a save was seen to add both rules of custom extensions, empty. Source: one tenant's audit log, September 2026. */
function extensionRules(sent: Row[]): Row[] {
  return ['PreApproval', 'PostApproval']
    .map((stage) => `CustomExtension_${stage}_EndUser_Assignment`)
    .filter((id) => !sent.some((rule) => rule.id === id))
    .map((id) => ({
      '@odata.type': '#microsoft.graph.unifiedRoleManagementPolicyCustomExtensionRule',
      ...{ id, isEnabled: false, customExtensionId: null },
      target: { caller: 'EndUser', operations: ['All'], level: 'Assignment' },
    }));
}

function write(exchange: Exchange, rules: Row[]): void {
  const { world, caller } = exchange;
  const { policy } = namedPolicy(exchange, at(exchange, 'id'));
  const changed = rules.reduce((before, rule) => withRule(world.state, before, rule), policy);
  storePolicy(world, { ...changed, modified: { at: world.now(), byId: caller.objectId } });
  const before = new Map(policyRules(policy).map((rule) => [rule.id, JSON.stringify(rule)]));
  const changes = policyRules(changed)
    .filter((rule) => before.get(rule.id) !== JSON.stringify(rule))
    .map(({ id }) => (before.has(id) ? `${id} updated` : `${id} added:  ()`));
  if (changes.length > 0) auditPolicy(world, caller, policy, changes);
}
