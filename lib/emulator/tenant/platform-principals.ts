import type { WorkloadFacts } from '#lib/emulator/graph-state.ts';
import type { Registration, ServicePrincipal } from '#lib/emulator/state.ts';
import { DAY, numberedId } from './numbered-id.ts';
import { personId } from './people.ts';
import { permissionId } from './permission-ids.ts';
import { ADMIN_TOOLS } from './registrations.ts';
import { TENANT_ID } from './scopes.ts';

/** Where Microsoft's own applications are at home. */
const MICROSOFT = 'f8cdef31-a31e-4b4a-93e4-5f571e91255a';
export const GRAPH_PRINCIPAL = numberedId('cccccccc', 101);
const ARM_PRINCIPAL = numberedId('cccccccc', 102);
export const BLUEPRINT_PRINCIPAL = numberedId('cccccccc', 103);
export const BLUEPRINT_APP = numberedId('ca11ab1e', 103);
export const AGENTS = [numberedId('cccccccc', 104), numberedId('cccccccc', 105)] as const;

/** Microsoft's APIs as this tenant knows them, and the agents with the blueprint they were made from. */
export function platformPrincipals(now: number): ServicePrincipal[] {
  const one = (
    number: number,
    displayName: string,
    appId: string,
    changes: Partial<ServicePrincipal>,
  ): ServicePrincipal => ({
    id: numberedId('cccccccc', number),
    appId,
    displayName,
    servicePrincipalType: 'Application',
    accountEnabled: true,
    appOwnerOrganizationId: TENANT_ID,
    alternativeNames: [],
    ownerIds: [],
    tags: [],
    createdAt: now - number * DAY,
    ...changes,
  });
  const agent = { servicePrincipalType: 'ServiceIdentity' as const, tags: ['AgenticInstance'] };
  return [
    one(101, 'Microsoft Graph', '00000003-0000-0000-c000-000000000000', {
      appOwnerOrganizationId: MICROSOFT,
    }),
    one(102, 'Windows Azure Service Management API', '797f4846-ba00-4fd7-ba43-dac1f8f63013', {
      appOwnerOrganizationId: MICROSOFT,
    }),
    one(103, 'Contoso agents', BLUEPRINT_APP, { ownerIds: [personId('diego.ruiz')] }),
    one(104, 'invoice-agent', numberedId('ca11ab1e', 104), {
      ...agent,
      ownerIds: [personId('rosa.delgado')],
    }),
    one(105, 'triage-agent', numberedId('ca11ab1e', 105), agent),
    one(106, 'Contoso Admin Tools', ADMIN_TOOLS, { ownerIds: [personId('samir.haddad')] }),
  ];
}

/** What Microsoft's APIs offer: every permission that somebody here holds, and the few the seed adds. */
export function platformFacts(registrations: Registration[]): WorkloadFacts[] {
  const application = new Set(['Mail.Read', 'Directory.ReadWrite.All', 'Application.ReadWrite.All']);
  const delegated = new Set(['Mail.Read', 'Files.Read.All']);
  for (const registration of registrations) {
    for (const { resource, names } of registration.applicationPermissions) {
      if (resource === 'graph') for (const name of names) application.add(name);
    }
    for (const { resource, names } of registration.delegatedPermissions) {
      if (resource === 'graph') for (const name of names) delegated.add(name);
    }
  }
  const none = { credentials: [], federatedCredentials: [] };
  return [
    {
      ...none,
      servicePrincipalId: GRAPH_PRINCIPAL,
      appRoles: [...application].map((value) => ({
        id: permissionId('application', value),
        value,
        displayName: value,
        allowedMemberTypes: ['Application'],
      })),
      scopes: [...delegated].map((value) => ({ id: permissionId('delegated', value), value })),
    },
    {
      ...none,
      servicePrincipalId: ARM_PRINCIPAL,
      appRoles: [],
      scopes: [{ id: '41094075-9dad-400e-a0bd-54e686782033', value: 'user_impersonation' }],
    },
  ];
}
