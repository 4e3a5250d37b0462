import type { EntraRole } from '#lib/emulator/state.ts';
import { entraBuiltIn, entraPrivileged } from './entra-role.ts';

/** Roles over the directory itself: people, groups, applications, security. Ids as Entra publishes them. */
export const ENTRA_ROLES_IDENTITY: EntraRole[] = [
  entraPrivileged(
    '62e90394-69f5-4237-9190-012177145e10',
    'Global Administrator',
    'Can manage all aspects of Microsoft Entra ID and Microsoft services that use Microsoft Entra identities.',
    `microsoft.directory/users/allProperties/allTasks microsoft.directory/groups/allProperties/allTasks
     microsoft.directory/applications/allProperties/allTasks microsoft.directory/roleAssignments/allProperties/allTasks
     microsoft.directory/policies/allProperties/allTasks microsoft.office365.webPortal/allEntities/standard/read`,
  ),
  entraPrivileged(
    'e8611ab8-c189-46e8-94e1-60213ab1f814',
    'Privileged Role Administrator',
    'Can manage role assignments in Microsoft Entra ID, and all aspects of Privileged Identity Management.',
    `microsoft.directory/roleAssignments/allProperties/allTasks
     microsoft.directory/roleDefinitions/allProperties/allTasks
     microsoft.directory/privilegedIdentityManagement/allProperties/allTasks
     microsoft.directory/groupsAssignableToRoles/create microsoft.directory/groupsAssignableToRoles/members/update`,
  ),
  entraPrivileged(
    '7be44c8a-adaf-4e2a-84d6-ab2649e08a13',
    'Privileged Authentication Administrator',
    'Can access to view, set and reset authentication method information for any user (admin or non-admin).',
    `microsoft.directory/users/authenticationMethods/create microsoft.directory/users/authenticationMethods/delete
     microsoft.directory/users/password/update microsoft.directory/users/invalidateAllRefreshTokens`,
  ),
  entraPrivileged(
    '194ae4cb-b126-40b2-bd5b-6091b380977d',
    'Security Administrator',
    'Can read security information and reports, and manage configuration in Microsoft Entra ID and Office 365.',
    `microsoft.directory/identityProtection/allProperties/update microsoft.directory/policies/basic/update
     microsoft.directory/conditionalAccessPolicies/create microsoft.directory/conditionalAccessPolicies/delete
     microsoft.directory/auditLogs/allProperties/read microsoft.directory/signInReports/allProperties/read`,
  ),
  entraPrivileged(
    '5f2222b1-57c3-48ba-8ad5-d4759f1fde6f',
    'Security Operator',
    'Creates and manages security events.',
    `microsoft.directory/identityProtection/allProperties/allTasks microsoft.directory/auditLogs/allProperties/read
     microsoft.directory/signInReports/allProperties/read`,
  ),
  entraPrivileged(
    '5d6b6bb7-de71-4623-b4af-96380a352509',
    'Security Reader',
    'Can read security information and reports in Microsoft Entra ID and Office 365.',
    `microsoft.directory/identityProtection/allProperties/read microsoft.directory/auditLogs/allProperties/read
     microsoft.directory/signInReports/allProperties/read microsoft.directory/conditionalAccessPolicies/standard/read
     microsoft.directory/privilegedIdentityManagement/allProperties/read`,
  ),
  entraPrivileged(
    'f2ef992c-3afb-46b9-b7cf-a126ee74c451',
    'Global Reader',
    'Can read everything that a Global Administrator can, but not update anything.',
    `microsoft.directory/auditLogs/allProperties/read microsoft.directory/signInReports/allProperties/read
     microsoft.directory/roleAssignments/standard/read microsoft.directory/policies/standard/read
     microsoft.directory/privilegedIdentityManagement/allProperties/read`,
  ),
  entraPrivileged(
    'fe930be7-5e62-47db-91af-98c3a49a38b1',
    'User Administrator',
    'Can manage all aspects of users and groups, including resetting passwords for limited admins.',
    `microsoft.directory/users/create microsoft.directory/users/delete microsoft.directory/users/disable
     microsoft.directory/users/password/update microsoft.directory/users/manager/update
     microsoft.directory/groups/create microsoft.directory/groups/members/update`,
  ),
  entraPrivileged(
    '729827e3-9c14-49f7-bb1b-9608f156bbb8',
    'Helpdesk Administrator',
    'Can reset passwords for non-administrators and Helpdesk Administrators.',
    `microsoft.directory/users/password/update microsoft.directory/users/invalidateAllRefreshTokens
     microsoft.directory/bitlockerKeys/key/read microsoft.office365.supportTickets/allEntities/allTasks`,
  ),
  entraPrivileged(
    'c4e39bd9-1100-46d3-8c65-fb160da0071f',
    'Authentication Administrator',
    'Can access to view, set and reset authentication method information for any non-admin user.',
    `microsoft.directory/users/authenticationMethods/create microsoft.directory/users/authenticationMethods/delete
     microsoft.directory/users/password/update`,
  ),
  entraPrivileged(
    '9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3',
    'Application Administrator',
    'Can create and manage all aspects of app registrations and enterprise apps.',
    `microsoft.directory/applications/create microsoft.directory/applications/delete
     microsoft.directory/applications/credentials/update microsoft.directory/applications/owners/update
     microsoft.directory/servicePrincipals/credentials/update
     microsoft.directory/servicePrincipals/appRoleAssignedTo/update`,
  ),
  entraPrivileged(
    '158c047a-c907-4556-b7ef-446551a6b5f7',
    'Cloud Application Administrator',
    'Can create and manage all aspects of app registrations and enterprise apps except App Proxy.',
    `microsoft.directory/applications/create microsoft.directory/applications/credentials/update
     microsoft.directory/servicePrincipals/credentials/update`,
  ),
  entraPrivileged(
    'b1be1c3e-b65d-4f19-8427-f6fa0d97feb9',
    'Conditional Access Administrator',
    'Can manage Conditional Access capabilities.',
    `microsoft.directory/conditionalAccessPolicies/create microsoft.directory/conditionalAccessPolicies/delete
     microsoft.directory/conditionalAccessPolicies/basic/update microsoft.directory/namedLocations/create`,
  ),
  entraPrivileged(
    '45d8d3c5-c802-45c6-b32a-1d70b5e1e86e',
    'Identity Governance Administrator',
    'Manage access using Microsoft Entra ID for identity governance scenarios.',
    `microsoft.directory/entitlementManagement/allProperties/allTasks
     microsoft.directory/accessReviews/definitions.applications/allProperties/allTasks
     microsoft.directory/accessReviews/definitions.groups/allProperties/update`,
  ),
  entraPrivileged(
    '9360feb5-f418-4baa-8175-e2a00bac4301',
    'Directory Writers',
    'Can read and write basic directory information. For granting access to applications, not intended for users.',
    `microsoft.directory/groups/create microsoft.directory/groups/members/update
     microsoft.directory/users/basic/update microsoft.directory/users/create`,
  ),
  entraBuiltIn(
    'fdd7a751-b60b-444a-984c-02652fe8fa1c',
    'Groups Administrator',
    'Can create and manage all aspects of groups and group settings like naming and expiration policies.',
    `microsoft.directory/groups/create microsoft.directory/groups/delete microsoft.directory/groups/members/update
     microsoft.directory/groups/owners/update`,
  ),
  entraBuiltIn(
    '88d8e3e3-8f55-4a1e-953a-9b9898b8876b',
    'Directory Readers',
    'Can read basic directory information. Commonly used to grant directory read access to applications and guests.',
    `microsoft.directory/users/standard/read microsoft.directory/groups/standard/read
     microsoft.directory/groups/members/read microsoft.directory/servicePrincipals/standard/read
     microsoft.directory/applications/standard/read`,
  ),
];
