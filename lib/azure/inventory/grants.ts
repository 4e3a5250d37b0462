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
    outside: held.map(
      (row): OutsideSeen => ({
        kind: 'application_permission',
        azureId: row.id ?? '',
        principalId: row.principalId ?? null,
        principalName: row.principalDisplayName ?? '',
        targetId: row.resourceId ?? resourceId,
        targetName: row.resourceDisplayName ?? displayName ?? '',
        what: nameOf(row.appRoleId ?? ''),
        startsAt: momentOf(row.createdDateTime),
        endsAt: null,
        details: { appId, principalType: row.principalType ?? null, appRoleId: row.appRoleId ?? null },
      }),
    ),
    // Who is in a group that holds a role holds it, too.
    parts: held
      .filter(({ principalType }) => principalType === 'Group')
      .flatMap(({ principalId }) => membersOf(principalId)),
    next,
  });
}

/** A consent is for everybody in the tenant, or for the one person it names; only ids are told. */
export async function readConsents(graph: GraphCalls, cursor: string | null): Promise<Harvest> {
  const { rows, next } = await graph.page<OAuth2PermissionGrant>(
    cursor ?? '/v1.0/oauth2PermissionGrants?$top=999',
  );
  return harvest({
    outside: rows.map(
      (row): OutsideSeen => ({
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
      }),
    ),
    next,
  });
}
