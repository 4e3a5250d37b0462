import type { DenyAssignment, Lock } from '#lib/emulator/arm-state.ts';
import { numberedId } from './numbered-id.ts';
import { PROD_DATA, resourceId } from './scopes.ts';
import { servicePrincipalId } from './service-principals.ts';

/** What nobody may remove by mistake. */
export const LOCKS: Lock[] = [
  {
    name: 'keep-hub',
    scope: resourceId('vnet-hub'),
    level: 'CanNotDelete',
    notes: 'Every subscription is peered with this network.',
  },
  {
    name: 'keep-payments',
    scope: resourceId('stpaymentsprod'),
    level: 'CanNotDelete',
    notes: 'Receipts are kept for ten years.',
  },
];

/** What a deployment stack guards: its resources are deleted by it alone. */
export const DENY_ASSIGNMENTS: DenyAssignment[] = [
  {
    id: numberedId('de2a0000', 1),
    name: 'Deny assignment created by Deployment Stack stack-data',
    description: 'Created by Deployment Stack stack-data',
    scope: PROD_DATA,
    permissions: [{ actions: ['*/delete'], notActions: [], dataActions: [], notDataActions: [] }],
    doNotApplyToChildScopes: false,
    principals: [{ id: '00000000-0000-0000-0000-000000000000', type: 'SystemDefined' }],
    excludePrincipals: [{ id: servicePrincipalId('github-deploy'), type: 'ServicePrincipal' }],
    isSystemProtected: true,
  },
];
