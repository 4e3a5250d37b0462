/** Applications of the tenant: who owns them, and by what they prove themselves. */
import type {
  Application,
  DirectoryObject,
  FederatedIdentityCredential,
} from '@microsoft/microsoft-graph-types';
import type { GraphCalls } from '#lib/azure/graph/calls.ts';
import { nameOf } from '#lib/azure/graph/translate.ts';
import { type Harvest, harvest } from '#lib/domain/inventory.ts';
import type { OutsideSeen } from '#lib/domain/outside-role.ts';
import { credentialsOf } from './credentials.ts';

/** Graph expands no more than this; it says nothing about those it leaves out. */
const mostExpanded = 20;

export async function readApplications(graph: GraphCalls, cursor: string | null): Promise<Harvest> {
  const fields = 'id,appId,displayName,passwordCredentials,keyCredentials';
  const first = `/v1.0/applications?$select=${fields}&$top=999&$expand=owners($select=id,displayName)`;
  const { rows, next } = await graph.page<Application>(cursor ?? first);
  const owned = await Promise.all(rows.map((one) => ownersOf(graph, one)));
  const credentials = rows.flatMap((one) => credentialsOf(one, 'application', null));
  return harvest({ outside: [...owned.flat(), ...credentials], next });
}

async function ownersOf(graph: GraphCalls, { id, appId, displayName, owners = [] }: Application) {
  const all =
    (owners?.length ?? 0) < mostExpanded
      ? (owners ?? [])
      : await graph.list<DirectoryObject>(`/v1.0/applications/${id}/owners?$select=id,displayName&$top=999`);
  return all.map(
    (owner): OutsideSeen => ({
      kind: 'application_owner',
      azureId: `${id} ${owner.id}`,
      principalId: owner.id ?? null,
      principalName: nameOf(owner),
      targetId: id ?? '',
      targetName: displayName ?? appId ?? '',
      what: 'Owner',
      startsAt: null,
      endsAt: null,
      details: { appId: appId ?? null },
    }),
  );
}

/** Applications first, then managed identities, which have theirs on the service principal (addendum A3). */
export async function readFederatedCredentials(graph: GraphCalls, cursor: string | null): Promise<Harvest> {
  const expand = '$select=id,appId,displayName&$top=999&$expand=federatedIdentityCredentials';
  const managed = `/v1.0/servicePrincipals?$filter=servicePrincipalType eq 'ManagedIdentity'&${expand}`;
  const { rows, next } = await graph.page<
    Application & { federatedIdentityCredentials?: FederatedIdentityCredential[] }
  >(cursor ?? `/v1.0/applications?${expand}`);
  const isFirst = !/serviceprincipals/i.test(cursor ?? '');
  return harvest({
    outside: rows.flatMap(({ federatedIdentityCredentials = [], ...one }) =>
      federatedIdentityCredentials.map((credential) => federated(one, credential, isFirst)),
    ),
    next: next ?? (isFirst ? managed : null),
  });
}

function federated(
  { id, appId, displayName }: Application,
  { id: credentialId, name, issuer, subject }: FederatedIdentityCredential,
  isApplication: boolean,
): OutsideSeen {
  return {
    kind: 'federated_credential',
    azureId: `${id} ${credentialId}`,
    principalId: isApplication ? null : (id ?? null),
    principalName: displayName ?? appId ?? '',
    targetId: id ?? '',
    targetName: displayName ?? appId ?? '',
    what: name ?? '',
    startsAt: null,
    endsAt: null,
    details: { appId: appId ?? null, issuer: issuer ?? null, subject: subject ?? null },
  };
}
