/** What Azure Resource Manager and the sign-in know beyond access itself; plain JSON like the rest of the state. */

import type { AzureRole } from './state.ts';

/** How long a change of each kind stays out of sight, in milliseconds on the PIM clock; absent: at once. */
export interface Consistency {
  /** A new assignment; absent: provisioningDelayMs. */
  activation?: number;
  /** What was removed or has ended is still there. */
  removal?: number;
  /** A new group is unknown to PIM, and a new membership of one gives nothing yet. */
  group?: number;
  /** A new user or service principal is unknown to PIM and to Azure roles. */
  principal?: number;
  /** An activation PIM lists already gives nothing yet: access checks and memberships do not count it. */
  access?: number;
  /** A filed request is in no list yet; it stands in the way all the same. */
  request?: number;
}

/** A management lock at a canonical ARM scope. */
export interface Lock {
  name: string;
  scope: string;
  level: 'CanNotDelete' | 'ReadOnly';
  notes: string | null;
}

/** What Azure itself forbids, whatever roles say. */
export interface DenyAssignment {
  id: string;
  name: string;
  description: string;
  scope: string;
  permissions: AzureRole['permissions'];
  doNotApplyToChildScopes: boolean;
  /** The all-zero GUID of type SystemDefined is everyone. */
  principals: { id: string; type: string }[];
  excludePrincipals: { id: string; type: string }[];
  isSystemProtected: boolean;
}

/** A vault whose secrets are guarded by its own access policies, not by roles. */
export interface VaultPolicies {
  /** The vault's canonical id. */
  resourceId: string;
  policies: { objectId: string; keys: string[]; secrets: string[]; certificates: string[] }[];
}

/** Azure Lighthouse: principals of another tenant who hold roles here. */
export interface Delegation {
  id: string;
  name: string;
  description: string;
  scope: string;
  managedByTenantId: string;
  managedByTenantName: string;
  authorizations: { principalId: string; principalName: string; role: string }[];
  eligible: { principalId: string; principalName: string; role: string }[];
}

/** One left over from before Azure roles. */
export interface ClassicAdministrator {
  subscriptionId: string;
  emailAddress: string;
  role: string;
}

/** Defender for Cloud's policy over the doors of machines, and what was asked of it. */
export interface JitPolicy {
  /** The resource group's canonical scope. */
  scope: string;
  location: string;
  name: string;
  virtualMachines: { id: string; ports: { number: number; maxRequestAccessDuration: string }[] }[];
  requests: Record<string, unknown>[];
}

/** One finished write to Azure Resource Manager, as its activity log keeps it. */
export interface ActivityEvent {
  id: string;
  at: number;
  scope: string;
  /** The resource the write was about: below the scope. */
  resourceId: string;
  action: string;
  role: string | null;
  callerName: string;
  callerId: string;
  appId: string;
  mfa: boolean;
  method: string;
  status: number;
  correlationId: string;
  clientRequestId: string;
}

/** A key a client may sign its assertion with. */
export interface AssertionKey {
  /** An RSA key as JWK. */
  jwk: { kty: string; n: string; e: string };
  /** Of a certificate null; of a federated credential whose word is taken, and about whom. */
  federated: { issuer: string; subject: string; audience: string } | null;
}
