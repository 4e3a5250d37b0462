import type { Row } from '#lib/emulator/graph/exchange.ts';
import { moment } from '#lib/emulator/graph/times.ts';
import type { Group, ServicePrincipal, State, User } from '#lib/emulator/state.ts';

/** Everything a user has here; Graph prints userDefaults unless more is selected. */
export function userRow(user: User): Row {
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
export function groupRow(group: Group): Row {
  return {
    id: group.id,
    deletedDateTime: null,
    classification: null,
    createdDateTime: moment(group.createdAt),
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
    onPremisesSyncEnabled: null,
    renewedDateTime: moment(group.createdAt),
    securityEnabled: true,
    visibility: null,
    isManagementRestricted: null,
  };
}

export const groupDefaults = (row: Row) =>
  Object.keys(row).filter((name) => name !== 'isManagementRestricted');

/** A service principal; its secrets are never readable. */
export function servicePrincipalRow(one: ServicePrincipal, { registrations }: State): Row {
  const registration = registrations.find(({ servicePrincipalId }) => servicePrincipalId === one.id);
  return {
    id: one.id,
    deletedDateTime: null,
    accountEnabled: one.accountEnabled,
    alternativeNames: one.alternativeNames,
    appDisplayName: one.displayName,
    appId: one.appId,
    appOwnerOrganizationId: one.appOwnerOrganizationId,
    appRoleAssignmentRequired: false,
    createdDateTime: moment(one.createdAt),
    description: null,
    disabledByMicrosoftStatus: null,
    displayName: one.displayName,
    servicePrincipalNames: [one.appId],
    servicePrincipalType: one.servicePrincipalType,
    tags: one.tags,
    appRoles: (registration?.appRoles ?? []).map((role) => ({
      allowedMemberTypes: ['User'],
      description: role.displayName,
      displayName: role.displayName,
      id: role.id,
      isEnabled: true,
      origin: 'Application',
      value: role.value,
    })),
    keyCredentials: [],
    passwordCredentials: [],
  };
}
