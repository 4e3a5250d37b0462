/** Who can hold privilege. Microsoft's words; `unknown`: deleted, or not to be read. */
export const principalKinds = [
  'member',
  'guest',
  'group',
  'service_principal',
  'managed_identity',
  'agent',
  'unknown',
] as const;
export type PrincipalKind = (typeof principalKinds)[number];

export const principalKindNames: Record<PrincipalKind, string> = {
  member: 'Member',
  guest: 'Guest',
  group: 'Group',
  service_principal: 'Service principal',
  managed_identity: 'Managed identity',
  agent: 'Agent',
  unknown: 'Unknown',
};

/** How somebody answers for somebody else. */
export const responsibilities = ['manager', 'owner', 'sponsor'] as const;
export type Responsibility = (typeof responsibilities)[number];
