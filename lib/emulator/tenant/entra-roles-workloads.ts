import type { EntraRole } from '#lib/emulator/state.ts';
import { entraBuiltIn, entraPrivileged } from './entra-role.ts';

/** Roles over services that use the directory, and over reports. Ids as Entra publishes them. */
export const ENTRA_ROLES_WORKLOADS: EntraRole[] = [
  entraBuiltIn(
    '29232cdf-9323-42fd-ade2-1d097af3e4de',
    'Exchange Administrator',
    'Can manage all aspects of the Exchange product.',
    `microsoft.office365.exchange/allEntities/basic/allTasks microsoft.directory/groups.unified/create
     microsoft.directory/groups.unified/members/update microsoft.office365.serviceHealth/allEntities/allTasks`,
  ),
  entraBuiltIn(
    'f28a1f50-f6e7-4571-818b-6a12f2af6b6c',
    'SharePoint Administrator',
    'Can manage all aspects of the SharePoint service.',
    `microsoft.office365.sharePoint/allEntities/allTasks microsoft.directory/groups.unified/create
     microsoft.office365.serviceHealth/allEntities/allTasks`,
  ),
  entraBuiltIn(
    '69091246-20e8-4a56-aa4d-066075b2a7a8',
    'Teams Administrator',
    'Can manage the Microsoft Teams service.',
    'microsoft.teams/allEntities/allProperties/allTasks microsoft.directory/groups.unified/members/update',
  ),
  entraPrivileged(
    '3a2c62db-5318-420d-8d74-23affee5d9d5',
    'Intune Administrator',
    'Can manage all aspects of the Intune product.',
    `microsoft.intune/allEntities/allTasks microsoft.directory/devices/create microsoft.directory/devices/delete
     microsoft.directory/bitlockerKeys/key/read`,
  ),
  entraBuiltIn(
    'b0f54661-2d74-4c50-afa3-1ec803f12efe',
    'Billing Administrator',
    'Can perform common billing related tasks like updating payment information.',
    'microsoft.commerce.billing/allEntities/allProperties/allTasks microsoft.directory/organization/basic/update',
  ),
  entraBuiltIn(
    'f023fd81-a637-4b56-95fd-791ac0226033',
    'Service Support Administrator',
    'Can read service health information and manage support tickets.',
    `microsoft.office365.serviceHealth/allEntities/allTasks
     microsoft.office365.supportTickets/allEntities/allTasks microsoft.azure.supportTickets/allEntities/allTasks`,
  ),
  entraBuiltIn(
    '4a5d8f65-41da-4de4-8968-e035b65339cf',
    'Reports Reader',
    'Can read sign-in and audit reports.',
    `microsoft.directory/auditLogs/allProperties/read microsoft.directory/signInReports/allProperties/read
     microsoft.office365.usageReports/allEntities/allProperties/read`,
  ),
  entraBuiltIn(
    '790c1fb9-7f7d-4f88-86a1-ef1f95c05c1b',
    'Message Center Reader',
    'Can read messages and updates for their organization in Office 365 Message Center only.',
    'microsoft.office365.messageCenter/messages/read microsoft.office365.webPortal/allEntities/standard/read',
  ),
];
