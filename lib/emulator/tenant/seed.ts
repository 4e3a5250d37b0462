import type { State } from '#lib/emulator/state.ts';
import { assignments } from './assignments.ts';
import { AZURE_ROLES } from './azure-roles.ts';
import { eligibilities } from './eligibilities.ts';
import { ENTRA_ROLES } from './entra-roles.ts';
import { graphState } from './graph.ts';
import { groups } from './groups.ts';
import { addHistory } from './history.ts';
import { CLASSIC_ADMINISTRATORS, DELEGATIONS, JIT_POLICIES, VAULT_POLICIES } from './outside-roles.ts';
import { people } from './people.ts';
import { platformPrincipals } from './platform-principals.ts';
import { POLICIES } from './policies.ts';
import { DENY_ASSIGNMENTS, LOCKS } from './protections.ts';
import { REGISTRATIONS } from './registrations.ts';
import { MANAGEMENT_GROUPS, RESOURCE_GROUPS, RESOURCES, SUBSCRIPTIONS, TENANT_ID } from './scopes.ts';
import { servicePrincipals } from './service-principals.ts';

const DOMAIN = 'contoso.example';

/** Contoso as it is on the first start; now in milliseconds. Every call gives a copy of its own. */
export function seedTenant(now: number): State {
  const state: State = structuredClone({
    tenantId: TENANT_ID,
    displayName: 'Contoso',
    domain: DOMAIN,
    users: people(DOMAIN, now),
    groups: groups(now),
    servicePrincipals: [...servicePrincipals(now), ...platformPrincipals(now)],
    registrations: REGISTRATIONS,
    entraRoles: ENTRA_ROLES,
    azureRoles: AZURE_ROLES,
    managementGroups: MANAGEMENT_GROUPS,
    subscriptions: SUBSCRIPTIONS,
    resourceGroups: RESOURCE_GROUPS,
    resources: RESOURCES,
    schedules: [...eligibilities(now), ...assignments(now)],
    requests: [],
    policies: POLICIES,
    signIns: [],
    clockOffsetMs: 0,
    provisioningDelayMs: 1000,
    locks: LOCKS,
    denyAssignments: DENY_ASSIGNMENTS,
    vaultPolicies: VAULT_POLICIES,
    delegations: DELEGATIONS,
    classicAdministrators: CLASSIC_ADMINISTRATORS,
    jitPolicies: JIT_POLICIES,
    graph: graphState(now),
  });
  addHistory(state, now);
  return state;
}
