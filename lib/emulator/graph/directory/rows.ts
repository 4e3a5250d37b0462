import type { Row } from '#lib/emulator/graph/exchange.ts';
import { guidBytes } from '#lib/emulator/graph/guid-bytes.ts';
import { moment } from '#lib/emulator/graph/times.ts';
import type { AppRole, Credential } from '#lib/emulator/graph-state.ts';
import type { Group, ServicePrincipal, State, User } from '#lib/emulator/state.ts';

/** Everything a user has here; Graph prints userDefaults unless more is selected. */
export function userRow(user: User, isManagementRestricted = false): Row {
  return {
    businessPhones: [],
    displayName: user.displayName,
    givenName: user.givenName,
    jobTitle: user.jobTitle,
    mail: user.mail,
    mobilePhone: null,
    officeLocation: user.officeLocation,
    preferredLanguage: null,
    surname: user.surname,
    userPrincipalName: user.userPrincipalName,
    id: user.id,
    accountEnabled: user.accountEnabled,
    ageGroup: null,
    city: null,
    companyName: null,
    country: null,
    createdDateTime: moment(user.createdAt),
    creationType: user.userType === 'Guest' ? 'Invitation' : null,
    deletedDateTime: null,
    department: user.department,
    employeeHireDate: null,
    employeeId: null,
    employeeLeaveDateTime: null,
    employeeType: null,
    externalUserState: user.userType === 'Guest' ? 'Accepted' : null,
    // Null stands for false.
    isManagementRestricted: isManagementRestricted || null,
    mailNickname: user.userPrincipalName.split('@')[0],
    onPremisesSyncEnabled: null,
    otherMails: [],
    postalCode: null,
    proxyAddresses: [],
    state: null,
    streetAddress: null,
    usageLocation: null,
    userType: user.userType,
  };
}

export const userDefaults = [
  'businessPhones',
  'displayName',
  'givenName',
  'jobTitle',
  'mail',
  'mobilePhone',
  'officeLocation',
  'preferredLanguage',
  'surname',
  'userPrincipalName',
  'id',
];

/** What User.ReadBasic.All lets a token see of others. */
export const basicProperties = ['id', 'displayName', 'givenName', 'surname', 'mail', 'userPrincipalName'];

/** A security group. */
export function groupRow(group: Group, isManagementRestricted = false): Row {
  return {
    id: group.id,
    deletedDateTime: null,
    classification: null,
    createdDateTime: moment(group.createdAt),
    creationOptions: [],
    description: group.description,
    displayName: group.displayName,
    expirationDateTime: null,
    groupTypes: [],
    isAssignableToRole: group.isAssignableToRole,
    mail: null,
    mailEnabled: false,
    mailNickname: group.mailNickname,
    membershipRule: null,
    membershipRuleProcessingState: null,
    onPremisesDomainName: null,
    onPremisesLastSyncDateTime: null,
    onPremisesNetBiosName: null,
    onPremisesSamAccountName: null,
    onPremisesSecurityIdentifier: null,
    onPremisesSyncEnabled: null,
    preferredDataLocation: null,
    preferredLanguage: null,
    proxyAddresses: [],
    renewedDateTime: moment(group.createdAt),
    resourceBehaviorOptions: [],
    resourceProvisioningOptions: [],
    securityEnabled: true,
    securityIdentifier: securityIdentifier(group.id),
    theme: null,
    uniqueName: null,
    visibility: null,
    onPremisesProvisioningErrors: [],
    serviceProvisioningErrors: [],
    // Null stands for false.
    isManagementRestricted: isManagementRestricted || null,
  };
}

/** Entra makes it of the object's id: four numbers of four bytes each. */
function securityIdentifier(id: string): string {
  const bytes = guidBytes(id);
  return ['S-1-12-1', ...[0, 4, 8, 12].map((at) => bytes.readUInt32LE(at))].join('-');
}

export const groupDefaults = (row: Row) =>
  Object.keys(row).filter((name) => name !== 'isManagementRestricted');

/** A service principal; its secrets are never readable, its credentials only where it is at home here. */
export function servicePrincipalRow(one: ServicePrincipal, state: State): Row {
  const registration = state.registrations.find(({ servicePrincipalId }) => servicePrincipalId === one.id);
  const application = state.graph.applications.find(({ appId }) => appId === one.appId);
  const facts = state.graph.workloads.find(({ servicePrincipalId }) => servicePrincipalId === one.id);
  const credentials = facts?.credentials ?? [];
  return {
    id: one.id,
    deletedDateTime: null,
    accountEnabled: one.accountEnabled,
    alternativeNames: one.alternativeNames,
    appDisplayName: one.displayName,
    appDescription: null,
    appId: one.appId,
    applicationTemplateId: null,
    appOwnerOrganizationId: one.appOwnerOrganizationId,
    appRoleAssignmentRequired: false,
    createdDateTime: moment(one.createdAt),
    description: null,
    disabledByMicrosoftStatus: null,
    displayName: one.displayName,
    homepage: null,
    loginUrl: null,
    logoutUrl: registration?.logoutUrl ?? null,
    notes: null,
    notificationEmailAddresses: [],
    preferredSingleSignOnMode: null,
    replyUrls: registration?.redirectUris ?? [],
    servicePrincipalNames: [one.appId, ...(application?.identifierUris ?? [])],
    servicePrincipalType: one.servicePrincipalType,
    signInAudience: one.servicePrincipalType === 'ManagedIdentity' ? null : 'AzureADMyOrg',
    tags: one.tags,
    tokenEncryptionKeyId: null,
    verifiedPublisher: { displayName: null, verifiedPublisherId: null, addedDateTime: null },
    addIns: [],
    appRoles: [...(registration?.appRoles ?? []).map(userRole), ...(facts?.appRoles ?? []).map(appRoleRow)],
    info: {
      logoUrl: null,
      marketingUrl: null,
      privacyStatementUrl: null,
      supportUrl: null,
      termsOfServiceUrl: null,
    },
    keyCredentials: credentialRows(credentials, 'key'),
    oauth2PermissionScopes: (facts?.scopes ?? []).map(scopeRow),
    passwordCredentials: credentialRows(credentials, 'password'),
    resourceSpecificApplicationPermissions: [],
  };
}

const userRole = (role: { id: string; value: string; displayName: string }): Row =>
  appRoleRow({ ...role, allowedMemberTypes: ['User'] });

/** An app role, or an application permission as the API that has it lists it. */
export function appRoleRow({ id, value, displayName, allowedMemberTypes }: AppRole): Row {
  return {
    allowedMemberTypes,
    description: displayName,
    displayName,
    id,
    isEnabled: true,
    origin: 'Application',
    value,
  };
}

function scopeRow({ id, value }: { id: string; value: string }): Row {
  return {
    adminConsentDescription: value,
    adminConsentDisplayName: value,
    id,
    isEnabled: true,
    type: 'User',
    userConsentDescription: null,
    userConsentDisplayName: null,
    value,
  };
}

/** Certificates or secrets as Graph prints them: when they begin and end, never what they are. */
export function credentialRows(credentials: Credential[], kind: Credential['kind']): Row[] {
  return credentials
    .filter((one) => one.kind === kind)
    .map(({ keyId, displayName, startAt, endAt, hint }) => ({
      customKeyIdentifier: null,
      displayName,
      endDateTime: moment(endAt),
      ...(kind === 'key' ? { key: null } : { hint, secretText: null }),
      keyId,
      startDateTime: moment(startAt),
      ...(kind === 'key' && { type: 'AsymmetricX509Cert', usage: 'Verify' }),
    }));
}
