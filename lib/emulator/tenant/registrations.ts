import type { Registration } from '#lib/emulator/state.ts';
import { numberedId } from './numbered-id.ts';
import { personId } from './people.ts';
import {
  APPLIER_APP,
  READER_APP,
  STEP_UP_APP,
  STINT_APP,
  servicePrincipalId,
  TEST_APP,
} from './service-principals.ts';

export const ADMIN_TOOLS = numberedId('ca11ab1e', 106);

/** What an inventory needs and no more: every one is read-only. */
const READ_PERMISSIONS = [
  'RoleEligibilitySchedule.Read.Directory',
  'RoleAssignmentSchedule.Read.Directory',
  'RoleManagement.Read.Directory',
  'RoleManagementPolicy.Read.Directory',
  'RoleManagementPolicy.Read.AzureADGroup',
  'PrivilegedEligibilitySchedule.Read.AzureADGroup',
  'PrivilegedAssignmentSchedule.Read.AzureADGroup',
  'PrivilegedAccess.Read.AzureADGroup',
  'User.Read.All',
  'GroupMember.Read.All',
  'Application.Read.All',
  'AdministrativeUnit.Read.All',
  'AuditLog.Read.All',
  'Directory.Read.All',
  'Policy.Read.All',
  'AgentIdentity.Read.All',
  'PrivilegedAccess-CustomExt.Read.All',
  'DelegatedPermissionGrant.Read.All',
];

/** What taking away, and making eligible, needs over the three planes. */
const APPLY_PERMISSIONS = [
  'RoleManagement.ReadWrite.Directory',
  'RoleAssignmentSchedule.ReadWrite.Directory',
  'RoleEligibilitySchedule.ReadWrite.Directory',
  'PrivilegedAccess.ReadWrite.AzureADGroup',
  'PrivilegedAssignmentSchedule.ReadWrite.AzureADGroup',
  'PrivilegedEligibilitySchedule.ReadWrite.AzureADGroup',
  'RoleManagementPolicy.Read.Directory',
  'RoleManagementPolicy.Read.AzureADGroup',
  'GroupMember.ReadWrite.All',
  'User.Read.All',
];

/** The portal: people sign in here, and act with what they may do themselves. */
const STINT: Registration = {
  appId: STINT_APP,
  servicePrincipalId: servicePrincipalId('Stint'),
  displayName: 'Stint',
  secrets: ['sandbox-secret'],
  redirectUris: ['http://localhost/auth/callback', 'http://localhost/auth/signed-out'],
  logoutUrl: 'http://localhost/auth/front-channel',
  delegatedPermissions: [
    {
      resource: 'graph',
      names: [
        'openid',
        'profile',
        'email',
        'offline_access',
        'User.Read',
        'RoleEligibilitySchedule.Read.Directory',
        'RoleAssignmentSchedule.ReadWrite.Directory',
        'RoleManagement.Read.Directory',
        'PrivilegedEligibilitySchedule.Read.AzureADGroup',
        'PrivilegedAssignmentSchedule.ReadWrite.AzureADGroup',
        'User.RevokeSessions.All',
      ],
    },
    { resource: 'arm', names: ['user_impersonation'] },
  ],
  applicationPermissions: [],
  appRoles: [
    {
      id: '5717a0b0-0000-4000-8000-000000000001',
      value: 'Stint.Administrator',
      displayName: 'Administrator',
    },
    { id: '5717a0b0-0000-4000-8000-000000000002', value: 'Stint.Auditor', displayName: 'Auditor' },
    { id: '5717a0b0-0000-4000-8000-000000000003', value: 'Stint.Reviewer', displayName: 'Reviewer' },
  ],
  appRoleAssignments: [
    { principalId: personId('mira.novak'), value: 'Stint.Administrator' },
    { principalId: personId('auden.hale'), value: 'Stint.Auditor' },
    { principalId: personId('rhea.silva'), value: 'Stint.Reviewer' },
  ],
  spaRedirectUris: ['http://localhost/auth/page-bridge'],
  api: { identifierUri: `api://${STINT_APP}`, scopes: ['access_as_user'] },
};

/** The page that asks a person to step up: a browser without a secret, and one scope, of its own. */
const STEP_UP: Registration = {
  appId: STEP_UP_APP,
  servicePrincipalId: servicePrincipalId('Stint Step-up'),
  displayName: 'Stint Step-up',
  secrets: [],
  redirectUris: [],
  logoutUrl: null,
  delegatedPermissions: [],
  applicationPermissions: [],
  appRoles: [],
  appRoleAssignments: [],
  spaRedirectUris: ['http://localhost/auth/step-up-bridge'],
  api: { identifierUri: `api://${STEP_UP_APP}`, scopes: ['step-up'] },
};

/** The app registrations of the tenant that can ask for tokens. */
export const REGISTRATIONS: Registration[] = [
  STINT,
  STEP_UP,
  machine(READER_APP, 'Stint Reader', 'reader-secret', READ_PERMISSIONS),
  machine(APPLIER_APP, 'Stint Applier', 'applier-secret', APPLY_PERMISSIONS),
  machine(TEST_APP, 'Stint Tests', 'machine-secret', [
    ...READ_PERMISSIONS,
    'Group.Read.All',
    'RoleManagement.Read.All',
    'AccessReview.Read.All',
    'Organization.Read.All',
  ]),
  adminTools(),
];

/** What administrators use instead of Microsoft's portal: it may do whatever the person's own roles let it do. */
function adminTools(): Registration {
  return {
    appId: ADMIN_TOOLS,
    servicePrincipalId: numberedId('cccccccc', 106),
    displayName: 'Contoso Admin Tools',
    secrets: ['admin-secret'],
    redirectUris: ['http://localhost/auth/callback'],
    logoutUrl: null,
    delegatedPermissions: [
      {
        resource: 'graph',
        names: [
          'openid',
          'profile',
          'offline_access',
          'User.Read',
          'User.ReadWrite.All',
          'User.RevokeSessions.All',
          'Group.ReadWrite.All',
          'GroupMember.ReadWrite.All',
          'Application.ReadWrite.All',
          'AdministrativeUnit.Read.All',
          'AuditLog.Read.All',
          'Policy.Read.ConditionalAccess',
          'RoleManagement.ReadWrite.Directory',
          'RoleEligibilitySchedule.ReadWrite.Directory',
          'RoleAssignmentSchedule.ReadWrite.Directory',
          'RoleManagementPolicy.ReadWrite.Directory',
          'RoleManagementPolicy.ReadWrite.AzureADGroup',
          'PrivilegedEligibilitySchedule.ReadWrite.AzureADGroup',
          'PrivilegedAssignmentSchedule.ReadWrite.AzureADGroup',
          'PrivilegedAccess-CustomExt.ReadWrite.All',
        ],
      },
      { resource: 'arm', names: ['user_impersonation'] },
    ],
    applicationPermissions: [],
    appRoles: [],
    appRoleAssignments: [],
  };
}

function machine(appId: string, displayName: string, secret: string, names: string[]): Registration {
  return {
    appId,
    servicePrincipalId: servicePrincipalId(displayName),
    displayName,
    secrets: [secret],
    redirectUris: [],
    logoutUrl: null,
    delegatedPermissions: [],
    applicationPermissions: [{ resource: 'graph', names }],
    appRoles: [],
    appRoleAssignments: [],
  };
}
