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

/** What each is, for somebody who has never heard of it. */
export const outsideKindHelp: Record<OutsideKind, string> = {
  application_permission:
    'The application may do this by itself, with nobody signed in, in the whole tenant. A permission that changes the directory or its applications is worth as much as an administrator’s role.',
  consent:
    'The application may do this in the name of whoever uses it: of everybody in the tenant, or of the one person named. It never may more than that person.',
  application_owner:
    'An owner can add a secret to the application and then act as it, with all that it may do.',
  credential:
    'A secret or a certificate by which an application proves who it is. Whoever has it is the application, until it ends.',
  federated_credential:
    'Something elsewhere, such as a repository’s workflow, may sign in as this application without a secret. Who can change that workflow can act as the application.',
  lighthouse:
    'People of another tenant manage this subscription from there. They are not in your directory: it ends by removing the delegation.',
  key_vault_policy:
    'Keys, secrets and certificates of a vault, given by the vault itself and not by a role. Vaults that ask roles are left out: they are in the inventory.',
  classic_administrator:
    'Administrators from before Azure had roles. Microsoft retired them in August 2024; whoever is still listed should be removed.',
  deny_assignment:
    'What Azure forbids here, whatever roles allow; made by deployment stacks and managed applications. It gives nothing: it explains why something is refused.',
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
