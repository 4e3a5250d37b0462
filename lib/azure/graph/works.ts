import { AzureFault } from '#lib/azure/faults.ts';
import { rowsOf } from '#lib/azure/pages.ts';
import type { RoleAtScope } from '#lib/domain/assignment.ts';
import type { RoleDefinition } from '#lib/domain/role-definition.ts';
import type { Works } from '#lib/domain/usable.ts';
import type { GraphCalls } from './calls.ts';

interface DirectoryRow {
  id?: string;
  '@odata.type'?: string;
  roleTemplateId?: string;
}

/**
 * Whether the directory counts the person among the role's members. Only built-in roles of the whole directory are
 * listed there; of others it tells nothing. A token from before does not carry the role: what uses one needs a new one.
 * Source: GET /me/memberOf, which lists groups, directory roles and administrative units.
 */
export async function entraWorks(
  calls: GraphCalls,
  { roleId, scopeId }: RoleAtScope,
  role: RoleDefinition | null,
): Promise<Works> {
  if (scopeId !== '/' || role?.isBuiltIn !== true) return 'cannot_tell';
  return told(async () => {
    const rows = await calls.list<DirectoryRow>('/v1.0/me/memberOf?$top=999');
    return rows.some(({ roleTemplateId }) => roleTemplateId?.toLowerCase() === roleId.toLowerCase());
  });
}

/**
 * Whether the directory counts the person in the group, or among its owners.
 * Source: POST /me/checkMemberGroups; GET /me/ownedObjects.
 */
export async function groupWorks(calls: GraphCalls, { roleId, scopeId }: RoleAtScope): Promise<Works> {
  return told(async () => {
    if (roleId === 'owner') {
      const owned = await calls.list<DirectoryRow>('/v1.0/me/ownedObjects');
      return owned.some(({ id }) => id === scopeId);
    }
    const body = { groupIds: [scopeId] };
    const answer = await calls.post<{ value?: string[] }>('/v1.0/me/checkMemberGroups', body);
    return rowsOf(answer).includes(scopeId);
  });
}

async function told(ask: () => Promise<boolean>): Promise<Works> {
  try {
    return (await ask()) ? 'yes' : 'not_yet';
  } catch (fault) {
    // What the person may not read tells nothing.
    if (fault instanceof AzureFault && fault.retry === 'never') return 'cannot_tell';
    throw fault;
  }
}
