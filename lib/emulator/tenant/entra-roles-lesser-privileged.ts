import type { EntraRole } from '#lib/emulator/state.ts';
import { entraPrivileged } from './entra-role.ts';

/** Roles that Entra marks as privileged and few people know. Ids as Entra publishes them. */
export const ENTRA_ROLES_LESSER_PRIVILEGED: EntraRole[] = [
  entraPrivileged(
    'cf1c38e5-3621-4004-a7cb-879624dced7c',
    'Application Developer',
    "Can create application registrations independent of the 'Users can register applications' setting.",
    `microsoft.directory/applications/createAsOwner
     microsoft.directory/oAuth2PermissionGrants/createAsOwner
     microsoft.directory/servicePrincipals/createAsOwner`,
  ),
  entraPrivileged(
    '966707d0-3269-4727-9be2-8c3a10f19b9d',
    'Password Administrator',
    'Can reset passwords for non-administrators and Password Administrators.',
    'microsoft.directory/users/password/update microsoft.office365.webPortal/allEntities/standard/read',
  ),
  entraPrivileged(
    '8ac3fc64-6eca-42ea-9e69-59f4c7b60eb2',
    'Hybrid Identity Administrator',
    'Manage Active Directory to Microsoft Entra cloud provisioning, Microsoft Entra Connect, pass-through authentication, password hash synchronization, seamless single sign-on and federation settings.',
    `microsoft.directory/applications/create microsoft.directory/applications/credentials/update
     microsoft.directory/cloudProvisioning/allProperties/allTasks
     microsoft.directory/domains/federation/update
     microsoft.directory/hybridAuthenticationPolicy/allProperties/allTasks
     microsoft.directory/servicePrincipals/synchronization.cloudTenantToExternalSystem/credentials/manage`,
  ),
  entraPrivileged(
    '7698a772-787b-4ac8-901f-60d6b08affd2',
    'Cloud Device Administrator',
    'Limited access to manage devices in Microsoft Entra ID.',
    `microsoft.directory/devices/delete microsoft.directory/devices/disable
     microsoft.directory/devices/enable microsoft.directory/bitlockerKeys/key/read
     microsoft.directory/deviceLocalCredentials/password/read
     microsoft.directory/deviceManagementPolicies/basic/update`,
  ),
  entraPrivileged(
    '8329153b-31d0-4727-b945-745eb3bc5f31',
    'Domain Name Administrator',
    'Can manage domain names in cloud and on-premises.',
    `microsoft.directory/domains/allProperties/allTasks
     microsoft.office365.supportTickets/allEntities/allTasks
     microsoft.office365.webPortal/allEntities/standard/read`,
  ),
  entraPrivileged(
    'be2f45a1-457d-42af-a067-6ec1fa63bc45',
    'External Identity Provider Administrator',
    'Can configure identity providers for use in direct federation.',
    `microsoft.directory/domains/federation/update
     microsoft.directory/identityProviders/allProperties/allTasks`,
  ),
  entraPrivileged(
    'aaf43236-0c0d-4d5f-883a-6955382ac081',
    'B2C IEF Keyset Administrator',
    'Can manage secrets for federation and encryption in the Identity Experience Framework (IEF).',
    'microsoft.directory/b2cTrustFrameworkKeySet/allProperties/allTasks',
  ),
  entraPrivileged(
    '59d46f88-662b-457b-bceb-5c3809e5908f',
    'Lifecycle Workflows Administrator',
    'Create and manage all aspects of workflows and tasks associated with Lifecycle Workflows in Microsoft Entra ID.',
    `microsoft.directory/lifecycleWorkflows/workflows/allProperties/allTasks
     microsoft.directory/organization/strongAuthentication/read
     microsoft.office365.webPortal/allEntities/standard/read`,
  ),
  entraPrivileged(
    '25a516ed-2fa0-40ea-a2d0-12923a21473a',
    'Authentication Extensibility Administrator',
    'Customize sign in and sign up experiences for users by creating and managing custom authentication extensions.',
    'microsoft.directory/customAuthenticationExtensions/allProperties/allTasks',
  ),
  entraPrivileged(
    'ecb2c6bf-0ab6-418e-bd87-7986f8d63bbe',
    'Attribute Provisioning Administrator',
    'Read and edit the provisioning configuration of all active custom security attributes for an application.',
    `microsoft.directory/servicePrincipals/synchronization.customSecurityAttributes/schema/read
     microsoft.directory/servicePrincipals/synchronization.customSecurityAttributes/schema/update`,
  ),
  entraPrivileged(
    '422218e4-db15-4ef9-bbe0-8afb41546d79',
    'Attribute Provisioning Reader',
    'Read the provisioning configuration of all active custom security attributes for an application.',
    'microsoft.directory/servicePrincipals/synchronization.customSecurityAttributes/schema/read',
  ),
  entraPrivileged(
    '4ba39ca4-527c-499a-b93d-d9b492c50246',
    'Partner Tier1 Support',
    'Do not use - not intended for general use.',
    `microsoft.directory/users/password/update microsoft.directory/users/invalidateAllRefreshTokens
     microsoft.directory/applications/credentials/update microsoft.directory/groups/members/update
     microsoft.directory/users/create microsoft.directory/users/delete`,
  ),
  entraPrivileged(
    'e00e864a-17c5-4a4b-9c06-f5b95a8d5bd8',
    'Partner Tier2 Support',
    'Do not use - not intended for general use.',
    `microsoft.directory/users/password/update microsoft.directory/users/invalidateAllRefreshTokens
     microsoft.directory/applications/credentials/update
     microsoft.directory/domains/allProperties/allTasks microsoft.directory/groups/members/update
     microsoft.directory/users/create microsoft.directory/users/delete`,
  ),
  entraPrivileged(
    'db506228-d27e-4b7d-95e5-295956d6615f',
    'Agent ID Administrator',
    'Manage all aspects of agents in a tenant including identity lifecycle operations for agent blueprints, agent service principals, agent identities, and agentic users.',
    `microsoft.directory/agentIdentities/create microsoft.directory/agentIdentities/delete
     microsoft.directory/agentIdentities/disable microsoft.directory/agentIdentities/owners/update
     microsoft.directory/agentIdentityBlueprints/create
     microsoft.directory/agentIdentityBlueprints/credentials/update
     microsoft.directory/agentIdentityBlueprintPrincipals/create`,
  ),
];
