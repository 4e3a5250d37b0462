import type { ServicePrincipal } from '#lib/emulator/state.ts';
import { DAY, numberedId } from './numbered-id.ts';
import { personId } from './people.ts';
import { resourceId, TENANT_ID } from './scopes.ts';

export const STINT_APP = '5717a000-0000-4000-8000-000000000001';
export const TEST_APP = '5717a000-0000-4000-8000-000000000002';
export const STEP_UP_APP = '5717a000-0000-4000-8000-000000000005';
export const READER_APP = '5717a000-0000-4000-8000-000000000003';
/** PIM shows tokens for it when it asks Stint as its custom extension. */
export const EXTENSION_APP = '5717a000-0000-4000-8000-000000000006';
export const APPLIER_APP = '5717a000-0000-4000-8000-000000000004';

/** Where the vendor's application is at home: another tenant than ours. */
export const VENDOR_TENANT = 'f0e19000-0000-4000-8000-000000000009';

interface Identity {
  number: number;
  name: string;
  kind: ServicePrincipal['servicePrincipalType'];
  appId?: string;
  home?: string;
  /** The resource a managed identity belongs to, or is. */
  resource?: string;
  explicit?: boolean;
  owner?: string;
  enabled?: boolean;
}

const IDENTITIES: Identity[] = [
  { number: 1, name: 'Stint', kind: 'Application', appId: STINT_APP, owner: 'mira.novak' },
  { number: 2, name: 'Stint Tests', kind: 'Application', appId: TEST_APP, owner: 'mira.novak' },
  { number: 3, name: 'Stint Reader', kind: 'Application', appId: READER_APP, owner: 'mira.novak' },
  { number: 4, name: 'github-deploy', kind: 'Application', owner: 'bo.okafor' },
  { number: 5, name: 'payments-api', kind: 'Application', owner: 'oscar.blom' },
  { number: 6, name: 'grafana', kind: 'Application', owner: 'hanna.berg' },
  { number: 7, name: 'invoice-export', kind: 'Application' },
  { number: 8, name: 'Northwind Scanner', kind: 'Application', home: VENDOR_TENANT },
  { number: 9, name: 'old-reporting', kind: 'Legacy', enabled: false },
  { number: 10, name: 'aks-core', kind: 'ManagedIdentity', resource: resourceId('aks-core') },
  { number: 11, name: 'vm-dev-01', kind: 'ManagedIdentity', resource: resourceId('vm-dev-01') },
  { number: 52, name: 'Stint PIM extension', kind: 'Application', appId: EXTENSION_APP, owner: 'mira.novak' },
  { number: 51, name: 'Stint Applier', kind: 'Application', appId: APPLIER_APP, owner: 'mira.novak' },
  { number: 50, name: 'Stint Step-up', kind: 'Application', appId: STEP_UP_APP, owner: 'mira.novak' },
  {
    number: 12,
    name: 'id-backup',
    kind: 'ManagedIdentity',
    resource: resourceId('id-backup'),
    explicit: true,
  },
  { number: 13, name: 'app-payments', kind: 'ManagedIdentity', resource: resourceId('app-payments') },
];

/** The object id of the service principal with this name. Throws when there is none. */
export function servicePrincipalId(name: string): string {
  const found = IDENTITIES.find((one) => one.name === name);
  if (found === undefined) throw new Error(`No such service principal: ${name}`);
  return numberedId('cccccccc', found.number);
}

/** Contoso's non-human identities: apps, managed identities, one of another tenant, one nobody owns. */
export function servicePrincipals(now: number): ServicePrincipal[] {
  return IDENTITIES.map((one) => ({
    id: numberedId('cccccccc', one.number),
    appId: one.appId ?? numberedId('ca11ab1e', one.number),
    displayName: one.name,
    servicePrincipalType: one.kind,
    accountEnabled: one.enabled ?? true,
    appOwnerOrganizationId: one.kind === 'Application' ? (one.home ?? TENANT_ID) : null,
    alternativeNames:
      one.resource === undefined
        ? []
        : [`isExplicit=${one.explicit === true ? 'True' : 'False'}`, one.resource],
    ownerIds: one.owner === undefined ? [] : [personId(one.owner)],
    tags: one.kind === 'Application' ? ['WindowsAzureActiveDirectoryIntegratedApp'] : [],
    createdAt: now - Math.max(40, 500 - one.number * 17) * DAY,
  }));
}
