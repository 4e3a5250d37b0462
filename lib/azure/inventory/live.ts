import type { InventoryPort } from '#lib/azure/ports.ts';
import type { ReaderCalls } from '#lib/azure/reader/calls.ts';
import { remembering } from '#lib/azure/reader/remembering.ts';
import { readAccessPolicies } from './access-policies.ts';
import { readActivationLog } from './activation-log.ts';
import { readApplications, readFederatedCredentials } from './applications.ts';
import { readClassicAdministrators, readKeyVaults, readLighthouse } from './arm-outside.ts';
import { readAzureActive, readAzureEligible, readAzureRoles, readScopes } from './arm-roles.ts';
import { readAzureChanges, readDirectoryChanges } from './changes.ts';
import { readDenyAssignments } from './deny-assignments.ts';
import { readAgents, readGroups, readGuestSponsors, readServicePrincipals, readUsers } from './directory.ts';
import { readAgentPermissions, readAppRoleHolders, readConsents } from './grants.ts';
import {
  readEntraActive,
  readEntraEligible,
  readEntraRoles,
  readGroupActive,
  readGroupEligible,
  readMembers,
  readPimGroups,
} from './graph-roles.ts';
import {
  readAzurePolicies,
  readAzureRolePolicy,
  readEntraPolicies,
  readGroupPolicies,
} from './role-policies.ts';
import { readScopeTree } from './scope-tree.ts';
import { readWorkloadSignIns } from './sign-ins.ts';

/** The lists of the tenant through Microsoft's SDKs, as the Reader. `own`: client ids of Stint's registrations. */
export function inventoryPort(calls: ReaderCalls, tenantId: string, own: ReadonlySet<string>): InventoryPort {
  const known = remembering(calls);
  return {
    async page({ list, place }, cursor) {
      switch (list) {
        case 'users':
          return readUsers(await calls.graph(), place, cursor);
        case 'guest_sponsors':
          return readGuestSponsors(await calls.graph(), place, cursor);
        case 'groups':
          return readGroups(await calls.graph(), place, cursor);
        case 'service_principals':
          return readServicePrincipals(await calls.graph(), place, cursor, own);
        case 'agents':
          return readAgents(await calls.graph(), cursor);
        case 'agent_permissions':
          return readAgentPermissions(await calls.graph(), place, cursor);
        case 'entra_roles':
          return readEntraRoles(await calls.graph(), cursor);
        case 'entra_eligible':
          return readEntraEligible(await calls.graph(), place, cursor);
        case 'entra_active':
          return readEntraActive(await calls.graph(), place, cursor);
        case 'pim_groups':
          return readPimGroups(await calls.graph(), cursor);
        case 'group_eligible':
          return readGroupEligible(await calls.graph(), place, cursor);
        case 'group_active':
          return readGroupActive(await calls.graph(), place, cursor);
        case 'members':
          return readMembers(await calls.graph(), place, cursor);
        case 'azure_scopes':
          return readScopes(await calls.arm(), cursor);
        case 'azure_tree':
          return readScopeTree(await calls.arm(), tenantId, cursor);
        case 'azure_roles':
          return readAzureRoles(await calls.arm(), place, cursor);
        case 'azure_eligible':
          return readAzureEligible(await calls.arm(), place, cursor);
        case 'azure_active':
          return readAzureActive(await calls.arm(), place, cursor);
        case 'applications':
          return readApplications(await calls.graph(), cursor);
        case 'federated_credentials':
          return readFederatedCredentials(await calls.graph(), cursor);
        case 'app_role_holders':
          return readAppRoleHolders(await calls.graph(), place, cursor, own);
        case 'consents':
          return readConsents(await calls.graph(), cursor);
        case 'workload_sign_ins':
          return readWorkloadSignIns(await calls.graph(), cursor);
        case 'access_policies':
          return readAccessPolicies(await calls.graph(), cursor);
        case 'entra_policies':
          return readEntraPolicies(known, cursor);
        case 'group_policies':
          return readGroupPolicies(known, place, cursor);
        case 'azure_policies':
          return readAzurePolicies(known, place, cursor);
        case 'azure_role_policies':
          return readAzureRolePolicy(known, place, cursor);
        case 'lighthouse':
          return readLighthouse(await calls.arm(), place, cursor);
        case 'key_vaults':
          return readKeyVaults(await calls.arm(), place, cursor);
        case 'classic_administrators':
          return readClassicAdministrators(await calls.arm(), place, cursor);
        case 'deny_assignments':
          return readDenyAssignments(await calls.arm(), place, cursor);
        case 'activation_log':
          return readActivationLog(await calls.graph(), cursor);
        case 'directory_changes':
          return readDirectoryChanges(await calls.graph(), cursor);
        case 'azure_changes':
          return readAzureChanges(await calls.arm(), place, cursor);
      }
    },
  };
}
