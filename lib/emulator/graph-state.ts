/** What Graph knows beyond people, groups and roles; plain JSON like the rest of the state. */

import type { ConditionalAccessPolicy, PackageApproval, Review } from './governance-state.ts';

/** A certificate or secret of an application or service principal; the secret itself is never kept here. */
export interface Credential {
  kind: 'key' | 'password';
  keyId: string;
  displayName: string | null;
  startAt: number;
  endAt: number;
  /** The first three characters of a secret. */
  hint: string | null;
}

export interface FederatedCredential {
  id: string;
  name: string;
  issuer: string;
  subject: string;
  audiences: string[];
  description: string | null;
}

export interface AppRole {
  id: string;
  value: string;
  displayName: string;
  allowedMemberTypes: ('User' | 'Application')[];
}

/** The application object of a registration at home in this tenant. */
export interface Application {
  id: string;
  appId: string;
  displayName: string;
  identifierUris: string[];
  /** 2: access tokens for it are v2.0; otherwise v1.0. */
  requestedAccessTokenVersion: 2 | null;
  ownerIds: string[];
  credentials: Credential[];
  federatedCredentials: FederatedCredential[];
  createdAt: number;
}

/** What a service principal has besides its row: credentials of its own, and what it offers to others. */
export interface WorkloadFacts {
  servicePrincipalId: string;
  credentials: Credential[];
  federatedCredentials: FederatedCredential[];
  appRoles: AppRole[];
  /** Delegated permissions it offers. */
  scopes: { id: string; value: string }[];
}

/** An application permission or app role given to a principal, beside those of the registrations. */
export interface AppRoleGrant {
  id: string;
  principalId: string;
  resourceId: string;
  appRoleId: string;
  createdAt: number;
}

/** A delegated permission grant, beside those of the registrations. */
export interface PermissionGrant {
  id: string;
  clientId: string;
  /** null: for everyone. */
  principalId: string | null;
  resourceId: string;
  scope: string;
}

export interface AgentIdentity {
  servicePrincipalId: string;
  blueprintAppId: string;
  expiresAt: number | null;
  sponsorIds: string[];
}

export interface AdministrativeUnit {
  id: string;
  displayName: string;
  description: string | null;
  isMemberManagementRestricted: boolean;
  memberIds: string[];
}

/** Moments on the PIM clock; null: never. */
export interface SignInActivity {
  interactiveAt: number | null;
  interactiveRequestId: string | null;
  silentAt: number | null;
  silentRequestId: string | null;
}

/** Last uses of an application, by the role it had in them. */
export interface WorkloadActivity {
  appId: string;
  delegatedClientAt: number | null;
  delegatedResourceAt: number | null;
  appOnlyClientAt: number | null;
  appOnlyResourceAt: number | null;
  /** Last use of each credential, by key id. */
  credentials: Record<string, number>;
}

/** One row of the directory's audit log. */
export interface AuditEvent {
  id: string;
  at: number;
  service: 'PIM' | 'Core Directory';
  category: string;
  activity: string;
  operationType: string;
  result: 'success' | 'failure';
  reason: string;
  correlationId: string;
  /** A user's id, or the name and app id of an application. */
  initiatedBy:
    | { userId: string }
    | { appName: string; appId: string | null; servicePrincipalId: string | null };
  targets: AuditTarget[];
  details: { key: string; value: string }[];
}

export interface AuditTarget {
  id: string;
  displayName: string | null;
  type: string;
  userPrincipalName: string | null;
  modified: { displayName: string; oldValue: string | null; newValue: string | null }[];
}

/** A PIM custom extension, with all it was created with. */
export type CustomExtension = Record<string, unknown> & { id: string };

export interface AuthenticationContext {
  id: string;
  displayName: string;
  description: string;
  isAvailable: boolean;
}

/** What has ended by itself and may be renewed. */
export interface EndedAssignment {
  plane: 'entra' | 'group' | 'azure';
  kind: 'eligible' | 'active';
  principalId: string;
  role: string;
  scope: string;
  endedAt: number;
}

export interface GraphState {
  applications: Application[];
  workloads: WorkloadFacts[];
  appRoleGrants: AppRoleGrant[];
  permissionGrants: PermissionGrant[];
  agentIdentities: AgentIdentity[];
  administrativeUnits: AdministrativeUnit[];
  authenticationContexts: AuthenticationContext[];
  customExtensions: CustomExtension[];
  /** Ids of users and groups who answer for a user, by the user's id. */
  sponsors: Record<string, string[]>;
  signInActivity: Record<string, SignInActivity>;
  workloadActivity: WorkloadActivity[];
  /** Machine time of the last revokeSignInSessions, by user id. */
  sessionsRevokedAt: Record<string, number>;
  /** Oldest first; 30 days. */
  audits: AuditEvent[];
  ended: EndedAssignment[];
  /** When PIM last reported assignments made outside of it. */
  outsideReportedAt: number | null;
  // Later additions; absent means none.
  conditionalAccessPolicies?: ConditionalAccessPolicy[];
  /** Who answers for an agents' blueprint, by its app id. */
  blueprintSponsors?: Record<string, string[]>;
  reviews?: Review[];
  packageApprovals?: PackageApproval[];
}

/** A tenant with nothing in it. */
export function emptyGraphState(): GraphState {
  return {
    applications: [],
    workloads: [],
    appRoleGrants: [],
    permissionGrants: [],
    agentIdentities: [],
    administrativeUnits: [],
    authenticationContexts: [],
    customExtensions: [],
    sponsors: {},
    signInActivity: {},
    workloadActivity: [],
    sessionsRevokedAt: {},
    audits: [],
    ended: [],
    outsideReportedAt: null,
  };
}
