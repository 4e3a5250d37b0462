import type { Row } from '#lib/emulator/graph/exchange.ts';
import { moment } from '#lib/emulator/graph/times.ts';
import type { Application, FederatedCredential } from '#lib/emulator/graph-state.ts';
import type { State } from '#lib/emulator/state.ts';
import { appRoleRow, credentialRows } from './rows.ts';

/** An application object. */
export function applicationRow(one: Application, { registrations, domain }: State): Row {
  const registration = registrations.find(({ appId }) => appId === one.appId);
  return {
    id: one.id,
    deletedDateTime: null,
    appId: one.appId,
    applicationTemplateId: null,
    createdDateTime: moment(one.createdAt),
    description: null,
    disabledByMicrosoftStatus: null,
    displayName: one.displayName,
    groupMembershipClaims: null,
    identifierUris: one.identifierUris,
    isFallbackPublicClient: null,
    notes: null,
    publisherDomain: domain,
    serviceManagementReference: null,
    signInAudience: 'AzureADMyOrg',
    tags: [],
    tokenEncryptionKeyId: null,
    api: {
      acceptMappedClaims: null,
      knownClientApplications: [],
      oauth2PermissionScopes: [],
      preAuthorizedApplications: [],
      requestedAccessTokenVersion: one.requestedAccessTokenVersion,
    },
    appRoles: (registration?.appRoles ?? []).map((role) =>
      appRoleRow({ ...role, allowedMemberTypes: ['User'] }),
    ),
    keyCredentials: credentialRows(one.credentials, 'key'),
    passwordCredentials: credentialRows(one.credentials, 'password'),
    publicClient: { redirectUris: [] },
    requiredResourceAccess: [],
    spa: { redirectUris: [] },
    web: {
      homePageUrl: null,
      logoutUrl: registration?.logoutUrl ?? null,
      redirectUris: registration?.redirectUris ?? [],
    },
  };
}

/** A federated identity credential. */
export function federatedRow({
  id,
  name,
  issuer,
  subject,
  audiences,
  description,
}: FederatedCredential): Row {
  return { id, name, issuer, subject, description, audiences };
}
