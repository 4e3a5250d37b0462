/** Privilege that no role assignment shows. Microsoft's words. */
export const outsideKinds = [
  'application_permission',
  'consent',
  'application_owner',
  'credential',
  'federated_credential',
  'lighthouse',
  'key_vault_policy',
  'classic_administrator',
  'deny_assignment',
] as const;
export type OutsideKind = (typeof outsideKinds)[number];

export const outsideKindNames: Record<OutsideKind, string> = {
  application_permission: 'Application permission',
  consent: 'Delegated consent',
  application_owner: 'Owner of an application',
  credential: 'Credential of an application',
  federated_credential: 'Federated credential',
  lighthouse: 'Azure Lighthouse delegation',
  key_vault_policy: 'Key Vault access policy',
  classic_administrator: 'Classic administrator',
  deny_assignment: 'Deny assignment',
};

/** One such privilege as a reading of the tenant finds it. */
export interface OutsideSeen {
  kind: OutsideKind;
  /** Azure's id, or one made of what makes it one: unique within its kind. */
  azureId: string;
  /** Who can use it: an object id where Azure names one. Of a credential it is the application's service principal. */
  principalId: string | null;
  /** Empty where only the id is told: the name follows when the reading is concluded. */
  principalName: string;
  /** What it is held over: the object id of an application or of the API that gives a permission, an ARM id. */
  targetId: string;
  targetName: string;
  /** The permission, scope, secret's name or role, in Azure's own words. */
  what: string;
  startsAt: Date | null;
  endsAt: Date | null;
  /** What else tells it apart: issuer and subject, hint, key type; `appId` is the client id of the target. Never a secret. */
  details: Record<string, string | number | boolean | null>;
}

/** A conditional access policy, as far as it decides about privilege. */
export interface AccessPolicySeen {
  id: string;
  name: string;
  state: 'enabled' | 'disabled' | 'enabledForReportingButNotEnforced';
  /** Authentication contexts it answers for, such as `c1`. */
  contexts: string[];
  includesUsers: string[];
  excludesUsers: string[];
  /** Groups and roles beside people, as ids. */
  includes: string[];
  excludes: string[];
}
