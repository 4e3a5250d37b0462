import { createHash } from 'node:crypto';
import type { Row } from '#lib/emulator/graph/exchange.ts';
import { moment } from '#lib/emulator/graph/times.ts';
import type { AppRole, AppRoleGrant, PermissionGrant } from '#lib/emulator/graph-state.ts';
import type { State } from '#lib/emulator/state.ts';
import { directoryObject } from './objects.ts';

const apis = {
  graph: '00000003-0000-0000-c000-000000000000',
  arm: '797f4846-ba00-4fd7-ba43-dac1f8f63013',
};

/** Every application permission and app role that somebody holds: what the registrations were consented, and the rest. */
export function appRoleGrants(state: State): AppRoleGrant[] {
  const consented = state.registrations.flatMap((registration) => [
    ...registration.applicationPermissions.flatMap(({ resource, names }) => {
      const api = principalOf(state, apis[resource]);
      return names.flatMap((name) =>
        appRolesOf(state, api)
          .filter(({ value }) => value === name)
          .map(({ id }) => ({
            principalId: registration.servicePrincipalId,
            resourceId: api,
            appRoleId: id,
            givenAt: undefined,
          })),
      );
    }),
    ...registration.appRoleAssignments.flatMap(({ principalId, value, givenAt }) =>
      registration.appRoles
        .filter((role) => role.value === value)
        .map(({ id }) => ({
          principalId,
          resourceId: registration.servicePrincipalId,
          appRoleId: id,
          givenAt,
        })),
    ),
  ]);
  const createdAt = (id: string) => state.servicePrincipals.find((one) => one.id === id)?.createdAt ?? 0;
  return [
    ...consented.map(({ givenAt, ...one }) => ({
      ...one,
      id: idOf(one.principalId, one.resourceId, one.appRoleId),
      createdAt: givenAt ?? createdAt(one.resourceId),
    })),
    ...state.graph.appRoleGrants,
  ];
}

/** Every delegated permission grant, one per client, resource and person or everyone. */
export function permissionGrants(state: State): PermissionGrant[] {
  const consented = state.registrations.flatMap(({ servicePrincipalId, delegatedPermissions }) =>
    delegatedPermissions.map(({ resource, names }) => ({
      clientId: servicePrincipalId,
      principalId: null,
      resourceId: principalOf(state, apis[resource]),
      scope: names.join(' '),
      id: idOf(servicePrincipalId, resource),
    })),
  );
  return [...consented, ...state.graph.permissionGrants];
}

/** An appRoleAssignment; the permission's name is among the resource's appRoles. */
export function appRoleGrantRow(state: State, grant: AppRoleGrant): Row {
  const principal = directoryObject(state, grant.principalId);
  const resource = directoryObject(state, grant.resourceId);
  const type = String(principal?.['@odata.type'] ?? '').replace('#microsoft.graph.', '');
  return {
    id: grant.id,
    deletedDateTime: null,
    appRoleId: grant.appRoleId,
    createdDateTime: moment(grant.createdAt),
    principalDisplayName: principal?.displayName ?? null,
    principalId: grant.principalId,
    principalType: type.charAt(0).toUpperCase() + type.slice(1),
    resourceDisplayName: resource?.displayName ?? null,
    resourceId: grant.resourceId,
  };
}

/** An oAuth2PermissionGrant. */
export function permissionGrantRow({ id, clientId, principalId, resourceId, scope }: PermissionGrant): Row {
  const consentType = principalId === null ? 'AllPrincipals' : 'Principal';
  return { clientId, consentType, id, principalId, resourceId, scope };
}

function appRolesOf({ graph }: State, id: string): AppRole[] {
  return graph.workloads.find(({ servicePrincipalId }) => servicePrincipalId === id)?.appRoles ?? [];
}

function principalOf({ servicePrincipals }: State, appId: string): string {
  return servicePrincipals.find((one) => one.appId === appId)?.id ?? '';
}

/** The same for the same grant: Graph's ids of grants hold still too. */
function idOf(...parts: string[]): string {
  return createHash('sha256').update(parts.join(' ')).digest('base64url');
}
