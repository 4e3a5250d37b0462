/** What applications may do by consent, without any role. */
import type {
  AppRoleAssignment,
  OAuth2PermissionGrant,
  ServicePrincipal,
} from '@microsoft/microsoft-graph-types';
import type { GraphCalls } from '#lib/azure/graph/calls.ts';
import { momentOf } from '#lib/azure/schedule.ts';
import { type Harvest, harvest } from '#lib/domain/inventory.ts';
import type { OutsideSeen } from '#lib/domain/outside-role.ts';
import { membersOf } from './members-of.ts';

/**
 * Who holds the app roles of one API: Graph lists them by who gives them, with ids for names. Of Stint's own
 * registrations (`own`, client ids) people and groups count, too; elsewhere only workloads do.
 */
export async function readAppRoleHolders(
  graph: GraphCalls,
  resourceId: string,
  cursor: string | null,
  own: ReadonlySet<string>,
): Promise<Harvest> {
  const at = `/v1.0/servicePrincipals/${resourceId}`;
  const [{ appId = null, appRoles = [], displayName }, { rows, next }] = await Promise.all([
    graph.get<ServicePrincipal>(`${at}?$select=id,appId,displayName,appRoles`),
    graph.page<AppRoleAssignment>(cursor ?? `${at}/appRoleAssignedTo?$top=999`),
  ]);
  const nameOf = (id: string) => appRoles.find((role) => role.id === id)?.value ?? id;
  const isMeant = (row: AppRoleAssignment) =>
    row.principalType === 'ServicePrincipal' || own.has(appId?.toLowerCase() ?? '');
  const held = rows.filter((row) => isMeant(row) && !/^[0-]*$/.test(row.appRoleId ?? ''));
  return harvest({
    outside: held.map((row) => {
      const seen = permissionOf(row, nameOf(row.appRoleId ?? ''), appId);
      return {
        ...seen,
        targetId: seen.targetId || resourceId,
        targetName: seen.targetName || (displayName ?? ''),
      };
    }),
    // Who is in a group that holds a role holds it, too.
    parts: held
      .filter(({ principalType }) => principalType === 'Group')
      .flatMap(({ principalId }) => membersOf(principalId)),
    next,
  });
}

/**
 * What an agent may do by the blueprint it was made from, beside what is its own: application permissions, then consents
 * (addendum A3, beta). Graph names the blueprint's principal as who holds them; here it is the agent.
 */
export async function readAgentPermissions(
  graph: GraphCalls,
  agentId: string,
  cursor: string | null,
): Promise<Harvest> {
  const at = `/beta/servicePrincipals/${agentId}`;
  const consents = `${at}/inheritedOauth2PermissionGrants`;
  if (cursor?.includes('/inheritedOauth2PermissionGrants')) {
    const { rows, next } = await graph.page<OAuth2PermissionGrant>(cursor);
    return harvest({ outside: rows.map((row) => inherited(agentId, consentOf(row), null)), next });
  }
  const first = `${at}/inheritedAppRoleAssignments`;
  const { rows, next } = await graph.page<AppRoleAssignment>(cursor ?? first);
  const rolesOf = await appRolesOf(
    graph,
    rows.flatMap(({ resourceId }) => resourceId ?? []),
  );
  const outside = rows.map((row) => {
    const { appId = null, appRoles = [] } = rolesOf.get(row.resourceId ?? '') ?? {};
    const what = appRoles.find(({ id }) => id === row.appRoleId)?.value ?? row.appRoleId ?? '';
    return inherited(agentId, permissionOf(row, what, appId), row.principalDisplayName ?? null);
  });
  return harvest({ outside, next: next ?? consents });
}

function inherited(agentId: string, seen: OutsideSeen, from: string | null): OutsideSeen {
  return {
    ...seen,
    azureId: `${agentId} ${seen.azureId}`,
    principalId: agentId,
    // The agent's own, which follows when the reading is concluded.
    principalName: '',
    details: { ...seen.details, inherited: true, inheritedFrom: from },
  };
}

/** Only ids are told; the API that gives a role names it. */
async function appRolesOf(
  graph: GraphCalls,
  resourceIds: readonly string[],
): Promise<Map<string, ServicePrincipal>> {
  const found = await Promise.all(
    [...new Set(resourceIds)].map(
      async (id): Promise<[string, ServicePrincipal]> => [
        id,
        await graph.get<ServicePrincipal>(`/v1.0/servicePrincipals/${id}?$select=id,appId,appRoles`),
      ],
    ),
  );
  return new Map(found);
}

function permissionOf(row: AppRoleAssignment, what: string, appId: string | null): OutsideSeen {
  return {
    kind: 'application_permission',
    azureId: row.id ?? '',
    principalId: row.principalId ?? null,
    principalName: row.principalDisplayName ?? '',
    targetId: row.resourceId ?? '',
    targetName: row.resourceDisplayName ?? '',
    what,
    startsAt: momentOf(row.createdDateTime),
    endsAt: null,
    details: { appId, principalType: row.principalType ?? null, appRoleId: row.appRoleId ?? null },
  };
}

/** A consent is for everybody in the tenant, or for the one person it names; only ids are told. */
export async function readConsents(graph: GraphCalls, cursor: string | null): Promise<Harvest> {
  const { rows, next } = await graph.page<OAuth2PermissionGrant>(
    cursor ?? '/v1.0/oauth2PermissionGrants?$top=999',
  );
  return harvest({ outside: rows.map(consentOf), next });
}

function consentOf(row: OAuth2PermissionGrant): OutsideSeen {
  return {
    kind: 'consent',
    azureId: row.id ?? '',
    principalId: row.clientId ?? null,
    principalName: '',
    targetId: row.resourceId ?? '',
    targetName: '',
    what: row.scope?.trim() ?? '',
    startsAt: null,
    endsAt: null,
    details: { forEverybody: row.consentType === 'AllPrincipals', forId: row.principalId ?? null },
  };
}
