import type { EntraRole } from '#lib/emulator/state.ts';
import { entraBuiltIn } from './entra-role.ts';

/** Roles over attributes, devices, licences and services. Ids as Entra publishes them. */
export const ENTRA_ROLES_SERVICES: EntraRole[] = [
  entraBuiltIn(
    'adb2368d-a9be-41b5-8667-d96778e081b0',
    'Agent ID Developer',
    'Create an agent blueprint and its service principal in a tenant. User will be added as an owner of the agent blueprint and its service principal.',
    `microsoft.directory/agentIdentityBlueprints/createAsOwner
     microsoft.directory/agentIdentityBlueprintPrincipals/createAsOwner`,
  ),
  entraBuiltIn(
    '0526716b-113d-4c15-b2c8-68e3c22b9f80',
    'Authentication Policy Administrator',
    'Can create and manage the authentication methods policy, tenant-wide MFA settings, password protection policy, and verifiable credentials.',
    `microsoft.directory/organization/strongAuthentication/allTasks
     microsoft.directory/userCredentialPolicies/basic/update
     microsoft.directory/userCredentialPolicies/create
     microsoft.directory/verifiableCredentials/configuration/allProperties/update`,
  ),
  entraBuiltIn(
    '58a13ea3-c632-46ae-9ee0-9c0d43cd7f3d',
    'Attribute Assignment Administrator',
    'Assign custom security attribute keys and values to supported Microsoft Entra objects.',
    `microsoft.directory/attributeSets/allProperties/read
     microsoft.directory/customSecurityAttributeDefinitions/allProperties/read
     microsoft.directory/users/customSecurityAttributes/read
     microsoft.directory/users/customSecurityAttributes/update
     microsoft.directory/servicePrincipals/customSecurityAttributes/update`,
  ),
  entraBuiltIn(
    'ffd52fa5-98dc-465c-991d-fc073eb59f8f',
    'Attribute Assignment Reader',
    'Read custom security attribute keys and values for supported Microsoft Entra objects.',
    `microsoft.directory/attributeSets/allProperties/read
     microsoft.directory/customSecurityAttributeDefinitions/allProperties/read
     microsoft.directory/users/customSecurityAttributes/read`,
  ),
  entraBuiltIn(
    '8424c6f0-a189-499e-bbd0-26c1753c96d4',
    'Attribute Definition Administrator',
    'Define and manage the definition of custom security attributes.',
    `microsoft.directory/attributeSets/allProperties/allTasks
     microsoft.directory/customSecurityAttributeDefinitions/allProperties/allTasks`,
  ),
  entraBuiltIn(
    '1d336d2c-4ae8-42ef-9711-b3604ce3fc2c',
    'Attribute Definition Reader',
    'Read the definition of custom security attributes.',
    `microsoft.directory/attributeSets/allProperties/read
     microsoft.directory/customSecurityAttributeDefinitions/allProperties/read`,
  ),
  entraBuiltIn(
    'e3973bdf-4987-49ae-837a-ba8e231c7286',
    'Azure DevOps Administrator',
    'Can manage Azure DevOps policies and settings.',
    'microsoft.azure.devOps/allEntities/allTasks',
  ),
  entraBuiltIn(
    '9f06204d-73c1-4d4c-880a-6edb90606fd8',
    'Azure AD Joined Device Local Administrator',
    'Users assigned to this role are added to the local administrators group on Microsoft Entra joined devices.',
    `microsoft.directory/groupSettings/standard/read
     microsoft.directory/groupSettingTemplates/standard/read`,
  ),
  entraBuiltIn(
    '892c5842-a9a6-463a-8041-72aa08ca3cf6',
    'Cloud App Security Administrator',
    'Can manage all aspects of the Microsoft Defender for Cloud Apps product.',
    `microsoft.directory/cloudAppSecurity/allProperties/allTasks
     microsoft.office365.webPortal/allEntities/standard/read`,
  ),
  entraBuiltIn(
    '17315797-102d-40b4-93e0-432062caca18',
    'Compliance Administrator',
    'Can read and manage compliance configuration and reports in Microsoft Entra ID and Microsoft 365.',
    `microsoft.directory/entitlementManagement/allProperties/read
     microsoft.office365.complianceManager/allEntities/allTasks
     microsoft.office365.serviceHealth/allEntities/allTasks
     microsoft.office365.supportTickets/allEntities/allTasks`,
  ),
  entraBuiltIn(
    'e6d1a23a-da11-4be4-9570-befc86d067a7',
    'Compliance Data Administrator',
    'Creates and manages compliance content.',
    `microsoft.directory/authorizationPolicy/standard/read
     microsoft.directory/cloudAppSecurity/allProperties/allTasks
     microsoft.azure.informationProtection/allEntities/allTasks
     microsoft.office365.complianceManager/allEntities/allTasks`,
  ),
  entraBuiltIn(
    '5c4f9dcd-47dc-4cf7-8c9a-9e4207cbfc91',
    'Customer LockBox Access Approver',
    'Can approve Microsoft support requests to access customer organizational data.',
    `microsoft.office365.lockbox/allEntities/allTasks
     microsoft.office365.webPortal/allEntities/standard/read`,
  ),
  entraBuiltIn(
    '44367163-eba1-44c3-98af-f5787879f96a',
    'Dynamics 365 Administrator',
    'Can manage all aspects of the Dynamics 365 product.',
    `microsoft.dynamics365/allEntities/allTasks microsoft.office365.serviceHealth/allEntities/allTasks
     microsoft.office365.supportTickets/allEntities/allTasks`,
  ),
  entraBuiltIn(
    '31392ffb-586c-42d1-9346-e59415a2cc4e',
    'Exchange Recipient Administrator',
    'Can create or update Exchange Online recipients within the Exchange Online organization.',
    `microsoft.office365.exchange/migration/allProperties/allTasks
     microsoft.office365.exchange/recipients/allProperties/allTasks`,
  ),
  entraBuiltIn(
    'a9ea8996-122f-4c74-9520-8edcd192826c',
    'Fabric Administrator',
    'Can manage all aspects of the Fabric and Power BI products.',
    `microsoft.powerApps.powerBI/allEntities/allTasks
     microsoft.office365.serviceHealth/allEntities/allTasks
     microsoft.office365.supportTickets/allEntities/allTasks`,
  ),
  entraBuiltIn(
    'ac434307-12b9-4fa1-a708-88bf58caabc1',
    'Global Secure Access Administrator',
    'Create and manage all aspects of Microsoft Entra Internet Access and Microsoft Entra Private Access, including managing access to public and private endpoints.',
    `microsoft.networkAccess/allEntities/allProperties/allTasks
     microsoft.directory/conditionalAccessPolicies/standard/read
     microsoft.directory/namedLocations/standard/read`,
  ),
  entraBuiltIn(
    '95e79109-95c0-4d8e-aee3-d01accf2d47b',
    'Guest Inviter',
    "Can invite guest users independent of the 'members can invite guests' setting.",
    `microsoft.directory/users/inviteGuest microsoft.directory/users/standard/read
     microsoft.directory/users/memberOf/read microsoft.directory/users/manager/read`,
  ),
  entraBuiltIn(
    '4d6ac14f-3453-41d0-bef9-a3e0c569773a',
    'License Administrator',
    'Can manage product licenses on users and groups.',
    `microsoft.directory/groups/assignLicense microsoft.directory/users/assignLicense
     microsoft.directory/users/reprocessLicenseAssignment microsoft.directory/users/usageLocation/update`,
  ),
  entraBuiltIn(
    'd37c8bed-0711-4417-ba38-b4abe66ce4c2',
    'Network Administrator',
    'Can manage network locations and review enterprise network design insights for Microsoft 365 Software as a Service applications.',
    `microsoft.office365.network/locations/allProperties/allTasks
     microsoft.office365.network/performance/allProperties/read
     microsoft.office365.webPortal/allEntities/standard/read`,
  ),
  entraBuiltIn(
    '2b745bdf-0803-4d80-aa65-822c4493daac',
    'Office Apps Administrator',
    "Can manage Office apps cloud services, including policy and settings management, and manage the ability to select, unselect and publish 'what's new' feature content to end-user's devices.",
    `microsoft.office365.userCommunication/allEntities/allTasks
     microsoft.office365.serviceHealth/allEntities/allTasks
     microsoft.office365.supportTickets/allEntities/allTasks`,
  ),
  entraBuiltIn(
    '11648597-926c-4cf3-9c36-bcebb0ba8dcc',
    'Power Platform Administrator',
    'Can create and manage all aspects of Microsoft Dynamics 365, Power Apps and Power Automate.',
    `microsoft.dynamics365/allEntities/allTasks microsoft.flow/allEntities/allTasks
     microsoft.powerApps/allEntities/allTasks`,
  ),
  entraBuiltIn(
    'baf37b3a-610e-45da-9e62-d9d1e5e8914b',
    'Teams Communications Administrator',
    'Can manage calling and meetings features within the Microsoft Teams service.',
    `microsoft.teams/callQuality/allProperties/read microsoft.teams/meetings/allProperties/allTasks
     microsoft.teams/voice/allProperties/allTasks`,
  ),
  entraBuiltIn(
    '112ca1a2-15ad-4102-995e-45b0bc479a6a',
    'Tenant Creator',
    'Create new Microsoft Entra or Azure AD B2C tenants.',
    'microsoft.directory/tenantManagement/tenants/create',
  ),
  entraBuiltIn(
    '75934031-6c7e-415a-99d7-48dbd49e875e',
    'Usage Summary Reports Reader',
    "Read Usage reports and Adoption Score, but can't access user details.",
    `microsoft.office365.usageReports/allEntities/standard/read
     microsoft.office365.webPortal/allEntities/standard/read`,
  ),
  entraBuiltIn(
    '11451d60-acb2-45eb-a7d6-43d0f0125c13',
    'Windows 365 Administrator',
    'Can provision and manage all aspects of Cloud PCs.',
    `microsoft.cloudPC/allEntities/allProperties/allTasks microsoft.directory/devices/delete
     microsoft.directory/devices/disable microsoft.directory/groups.security/members/update`,
  ),
];
