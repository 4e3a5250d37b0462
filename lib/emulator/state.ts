/**
 * Everything the local tenant remembers, as plain JSON: what is not in here is forgotten at a restart.
 * Moments are milliseconds since the epoch on the emulator's PIM clock; ids are lower-case GUIDs.
 */

import type {
  ActivityEvent,
  AssertionKey,
  ClassicAdministrator,
  Consistency,
  Delegation,
  DenyAssignment,
  JitPolicy,
  Lock,
  VaultPolicies,
} from './arm-state.ts';
import type { GraphState } from './graph-state.ts';
import type { ExtensionRules, Verdict } from './pim/extension.ts';

export type Plane = 'entra' | 'group' | 'azure';

export interface User {
  id: string;
  userPrincipalName: string;
  displayName: string;
  givenName: string;
  surname: string;
  mail: string | null;
  jobTitle: string | null;
  department: string | null;
  officeLocation: string | null;
  userType: 'Member' | 'Guest';
  accountEnabled: boolean;
  managerId: string | null;
  createdAt: number;
}

export interface Group {
  id: string;
  displayName: string;
  description: string | null;
  mailNickname: string;
  isAssignableToRole: boolean;
  /** Permanent members and owners; members held through PIM are schedules. Users, groups or service principals. */
  memberIds: string[];
  ownerIds: string[];
  createdAt: number;
}

export interface ServicePrincipal {
  id: string;
  appId: string;
  displayName: string;
  servicePrincipalType: 'Application' | 'ManagedIdentity' | 'Legacy' | 'ServiceIdentity';
  accountEnabled: boolean;
  appOwnerOrganizationId: string | null;
  alternativeNames: string[];
  ownerIds: string[];
  tags: string[];
  createdAt: number;
}

/** An app registration. Delegated and application permissions are those consented for the whole tenant. */
export interface Registration {
  appId: string;
  servicePrincipalId: string;
  displayName: string;
  secrets: string[];
  /** Exact redirect URIs; `http://localhost/…` matches any port, as Entra's loopback rule does. */
  redirectUris: string[];
  logoutUrl: string | null;
  delegatedPermissions: { resource: 'graph' | 'arm'; names: string[] }[];
  applicationPermissions: { resource: 'graph' | 'arm'; names: string[] }[];
  appRoles: { id: string; value: string; displayName: string }[];
  /** App roles given to users or groups, by principal id; `givenAt` in milliseconds, absent: with the registration. */
  appRoleAssignments: { principalId: string; value: string; givenAt?: number }[];
  // Later additions; redirectUris are those of the platform `web`.
  /** Single-page: redeemed from a browser, without a secret. */
  spaRedirectUris?: string[];
  /** Installed programs: redeemed without a secret, and not from a browser. */
  nativeRedirectUris?: string[];
  /** What it offers to others: `{identifierUri}/{scope}`. Tokens for it are v2.0. */
  api?: { identifierUri: string; scopes: string[] };
  /** Delegated permissions for the registrations above, consented for the whole tenant. */
  apiPermissions?: { appId: string; names: string[] }[];
  /** Public keys whose assertions stand for a secret: certificates, or another issuer's (federated). */
  assertionKeys?: AssertionKey[];
}

export interface EntraRole {
  id: string;
  displayName: string;
  description: string;
  isBuiltIn: boolean;
  isEnabled: boolean;
  isPrivileged: boolean;
  rolePermissions: { allowedResourceActions: string[]; condition: string | null }[];
  // Later additions, of roles made here.
  templateId?: string;
  version?: string | null;
}

export interface AzureRole {
  /** The GUID; full ids are built per scope. */
  name: string;
  roleName: string;
  description: string;
  type: 'BuiltInRole' | 'CustomRole';
  assignableScopes: string[];
  permissions: { actions: string[]; notActions: string[]; dataActions: string[]; notDataActions: string[] }[];
  // Later additions, of roles made here.
  createdAt?: number;
  updatedAt?: number;
  createdBy?: string;
  updatedBy?: string;
}

export interface ManagementGroup {
  name: string;
  displayName: string;
  /** null for the tenant root group. */
  parent: string | null;
}

export interface Subscription {
  subscriptionId: string;
  displayName: string;
  managementGroup: string;
}

export interface ResourceGroup {
  subscriptionId: string;
  name: string;
  location: string;
}

export interface Resource {
  /** The full ARM id. */
  id: string;
  name: string;
  type: string;
  location: string;
}

/**
 * One assignment, eligible or active, of any plane.
 * role: Entra role definition id | Azure role GUID | `member` / `owner` of a group.
 * scope: `/` or `/administrativeUnits/{id}` | group id | ARM scope in its canonical casing
 * (`/subscriptions/…`, `/providers/Microsoft.Management/managementGroups/{name}`).
 */
export interface Schedule {
  id: string;
  plane: Plane;
  kind: 'eligible' | 'active';
  principalId: string;
  role: string;
  scope: string;
  startAt: number;
  /** null: permanent. */
  endAt: number | null;
  assignmentType: 'assigned' | 'activated';
  /** For activated ones: the eligible schedule it came from. */
  eligibilityId: string | null;
  /** The request that made it; null when it is part of the seed. */
  requestId: string | null;
  /** Azure takes a moment: reads and access checks see it only from here on. */
  visibleFrom: number;
  createdAt: number;
  condition: string | null;
  // Later additions.
  /** Absent: 2.0 when there is a condition. */
  conditionVersion?: string;
  /** Ended, and still seen until then. */
  lingersUntil?: number;
  /** Plain role assignments tell both. */
  createdBy?: string;
  description?: string;
}

/** Names as Graph prints them (camelCase); ARM prints the same ones in PascalCase. */
export type Action =
  | 'adminAssign'
  | 'adminUpdate'
  | 'adminRemove'
  | 'adminExtend'
  | 'adminRenew'
  | 'selfActivate'
  | 'selfDeactivate'
  | 'selfExtend'
  | 'selfRenew';

export interface ScheduleRequest {
  id: string;
  plane: Plane;
  side: 'assignment' | 'eligibility';
  action: Action;
  principalId: string;
  requestorId: string;
  role: string;
  scope: string;
  justification: string | null;
  ticketNumber: string | null;
  ticketSystem: string | null;
  startAt: number | null;
  expiration: {
    type: 'notSpecified' | 'noExpiration' | 'afterDateTime' | 'afterDuration';
    duration: string | null;
    endAt: number | null;
  };
  /** contract.md 2.3 lists the values. */
  status: string;
  approval: Approval | null;
  createdAt: number;
  completedAt: number | null;
  targetScheduleId: string | null;
  linkedEligibilityId: string | null;
  // Later additions.
  condition?: string;
  conditionVersion?: string;
  /** Whatever the caller of Graph wanted kept with it. */
  customData?: string;
  // What PIM's custom extensions said of it.
  verdicts?: Verdict[];
}

export interface Approval {
  id: string;
  stageId: string;
  /** Users and groups from the policy, as they were when the request was filed. */
  approverIds: string[];
  reviewResult: 'NotReviewed' | 'Approve' | 'Deny';
  reviewedBy: string | null;
  reviewedAt: number | null;
  justification: string;
}

/** The activation side of a role's settings; the other rules are stored as Graph prints them. */
export interface Policy {
  id: string;
  plane: Plane;
  role: string;
  /** Entra `/`, a group id, or an ARM scope. ARM policies are inherited by scopes below without their own. */
  scope: string;
  maximumDuration: string;
  enabledRules: ('Justification' | 'MultiFactorAuthentication' | 'Ticketing')[];
  approval: { required: boolean; approvers: { kind: 'user' | 'group'; id: string; description: string }[] };
  authenticationContext: { enabled: boolean; claimValue: string };
  // Left out: PIM's defaults.
  admin?: { eligibility: AdminRules; assignment: AdminRules };
  /** Rules as they were last written, by id: what the fields above do not say is served from here. */
  writtenRules?: Record<string, Record<string, unknown>>;
  modified?: { at: number; byId: string };
}

/** What an administrator must heed when assigning. */
export interface AdminRules {
  isExpirationRequired: boolean;
  maximumDuration: string;
  enabledRules: Policy['enabledRules'];
}

/** One signed-in browser, and what was issued from it. */
export interface SignIn {
  sid: string;
  userId: string;
  mfa: boolean;
  /** On the machine's clock: sign-ins do not follow the PIM clock. */
  startedAt: number;
  /** Applications this browser signed in to, and the origin each was sent back to: for front-channel sign-out. */
  apps?: { appId: string; origin: string }[];
  // Later additions.
  /** The last time the person was at the keyboard, on the machine's clock; absent: startedAt. */
  provedAt?: number;
  /** Authentication contexts met at the keyboard. */
  acrs?: string[];
}

export interface State {
  tenantId: string;
  displayName: string;
  domain: string;
  users: User[];
  groups: Group[];
  servicePrincipals: ServicePrincipal[];
  registrations: Registration[];
  entraRoles: EntraRole[];
  azureRoles: AzureRole[];
  managementGroups: ManagementGroup[];
  subscriptions: Subscription[];
  resourceGroups: ResourceGroup[];
  resources: Resource[];
  schedules: Schedule[];
  requests: ScheduleRequest[];
  policies: Policy[];
  signIns: SignIn[];
  /** Added to the machine's clock for PIM objects only; token times never move. */
  clockOffsetMs: number;
  /** How long an activation takes to become visible. */
  provisioningDelayMs: number;
  // Later additions; absent means none.
  consistency?: Consistency;
  extensionRules?: ExtensionRules;
  /** Writes to Azure Resource Manager want MFA of people, whatever their roles. */
  mandatoryMfa?: boolean;
  locks?: Lock[];
  denyAssignments?: DenyAssignment[];
  activityLog?: ActivityEvent[];
  vaultPolicies?: VaultPolicies[];
  delegations?: Delegation[];
  classicAdministrators?: ClassicAdministrator[];
  jitPolicies?: JitPolicy[];
  // Beside access itself: graph-state.ts.
  graph: GraphState;
}
