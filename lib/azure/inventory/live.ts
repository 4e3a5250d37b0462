import type { InventoryPort } from '#lib/azure/ports.ts';
import type { ReaderCalls } from '#lib/azure/reader/calls.ts';
import { readActivationLog } from './activation-log.ts';
import { readAzureActive, readAzureEligible, readAzureRoles, readScopes } from './arm-roles.ts';
import { readAgents, readGroups, readServicePrincipals, readUsers } from './directory.ts';
import {
  readEntraActive,
  readEntraEligible,
  readEntraRoles,
  readGroupActive,
  readGroupEligible,
  readMembers,
  readPimGroups,
} from './graph-roles.ts';

/** The lists of the tenant through Microsoft's SDKs, as the Reader. */
export function inventoryPort(calls: ReaderCalls): InventoryPort {
  return {
    async page({ list, place }, cursor) {
      switch (list) {
        case 'users':
          return readUsers(await calls.graph(), cursor);
        case 'groups':
          return readGroups(await calls.graph(), cursor);
        case 'service_principals':
          return readServicePrincipals(await calls.graph(), cursor);
        case 'agents':
          return readAgents(await calls.graph(), cursor);
        case 'entra_roles':
          return readEntraRoles(await calls.graph(), cursor);
        case 'entra_eligible':
          return readEntraEligible(await calls.graph(), cursor);
        case 'entra_active':
          return readEntraActive(await calls.graph(), cursor);
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
        case 'azure_roles':
          return readAzureRoles(await calls.arm(), place, cursor);
        case 'azure_eligible':
          return readAzureEligible(await calls.arm(), place, cursor);
        case 'azure_active':
          return readAzureActive(await calls.arm(), place, cursor);
        case 'activation_log':
          return readActivationLog(await calls.graph(), cursor);
      }
    },
  };
}
