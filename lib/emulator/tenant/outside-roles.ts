import type { ClassicAdministrator, Delegation, JitPolicy, VaultPolicies } from '#lib/emulator/arm-state.ts';
import { azureRole } from './azure-roles.ts';
import { numberedId } from './numbered-id.ts';
import { personId } from './people.ts';
import { DEV_GROUP, resourceId, SANDBOX_ONE, STAGING } from './scopes.ts';
import { servicePrincipalId, VENDOR_TENANT } from './service-principals.ts';

/** The vaults that do not ask roles: here one. All others do. */
export const VAULT_POLICIES: VaultPolicies[] = [
  {
    resourceId: resourceId('kv-payments-stage'),
    policies: [
      {
        objectId: personId('oscar.blom'),
        keys: [],
        secrets: ['get', 'list', 'set', 'delete'],
        certificates: [],
      },
      { objectId: servicePrincipalId('github-deploy'), keys: [], secrets: ['get'], certificates: [] },
    ],
  },
];

/** A vendor that watches Staging from its own tenant. */
export const DELEGATIONS: Delegation[] = [
  {
    id: numberedId('de1e9a7e', 1),
    name: 'Northwind managed monitoring',
    description: 'Northwind watches our staging',
    scope: STAGING,
    managedByTenantId: VENDOR_TENANT,
    managedByTenantName: 'Northwind',
    authorizations: [
      {
        principalId: numberedId('f0e19001', 1),
        principalName: 'Northwind operators',
        role: azureRole('Contributor'),
      },
    ],
    eligible: [
      {
        principalId: numberedId('f0e19001', 2),
        principalName: 'Northwind on call',
        role: azureRole('Virtual Machine Contributor'),
      },
    ],
  },
];

/** Nobody took it away when classic administrators were retired. */
export const CLASSIC_ADMINISTRATORS: ClassicAdministrator[] = [
  {
    subscriptionId: SANDBOX_ONE.split('/')[2] ?? '',
    emailAddress: 'kofi.mensah@contoso.example',
    role: 'CoAdministrator',
  },
];

export const JIT_POLICIES: JitPolicy[] = [
  {
    scope: DEV_GROUP,
    location: 'westeurope',
    name: 'default',
    virtualMachines: [
      {
        id: resourceId('vm-dev-01'),
        ports: [
          { number: 22, maxRequestAccessDuration: 'PT3H' },
          { number: 3389, maxRequestAccessDuration: 'PT3H' },
        ],
      },
    ],
    requests: [],
  },
];
