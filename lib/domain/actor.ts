/** App roles of Stint's registration, given in Entra; they arrive in the id token's `roles` claim. */
export const appRoles = ['Stint.Administrator', 'Stint.Auditor', 'Stint.Reviewer'] as const;
export type AppRole = (typeof appRoles)[number];

/** A signed-in person. Identity is tenant id and object id; names are for the eye. */
export interface Actor {
  tenantId: string;
  objectId: string;
  name: string;
  /** userPrincipalName. */
  upn: string;
  roles: readonly AppRole[];
}

/** Who did something, for the record: a person, Stint itself (a job, by its name), or nobody known (a hashed address). */
export type Doer =
  | { kind: 'person'; id: string; name: string }
  | { kind: 'stint'; job: string }
  | { kind: 'stranger'; address: string };
