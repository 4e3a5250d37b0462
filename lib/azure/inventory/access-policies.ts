import type { ConditionalAccessPolicy } from '@microsoft/microsoft-graph-types';
import type { GraphCalls } from '#lib/azure/graph/calls.ts';
import { type Harvest, harvest } from '#lib/domain/inventory.ts';
import type { AccessPolicySeen } from '#lib/domain/outside-role.ts';
import { membersOf } from './members-of.ts';

/** Conditional access, to read. A state Stint does not know counts as disabled: it is not known to enforce anything. */
export async function readAccessPolicies(graph: GraphCalls, cursor: string | null): Promise<Harvest> {
  const { rows, next } = await graph.page<ConditionalAccessPolicy>(
    cursor ?? '/v1.0/identity/conditionalAccess/policies',
  );
  // Whom a policy catches or leaves out is known only with the members of its groups.
  const groups = rows.flatMap(({ conditions }) => [
    ...(conditions?.users?.includeGroups ?? []),
    ...(conditions?.users?.excludeGroups ?? []),
  ]);
  return harvest({ accessPolicies: rows.map(policyOf), parts: groups.flatMap(membersOf), next });
}

function policyOf({ id, displayName, state, conditions }: ConditionalAccessPolicy): AccessPolicySeen {
  const users = conditions?.users;
  const contexts = conditions?.applications?.includeAuthenticationContextClassReferences;
  const isKnown = state === 'enabled' || state === 'enabledForReportingButNotEnforced';
  return {
    id: id ?? '',
    name: displayName ?? id ?? '',
    state: isKnown ? state : 'disabled',
    contexts: contexts ?? [],
    includesUsers: users?.includeUsers ?? [],
    excludesUsers: users?.excludeUsers ?? [],
    includes: [...(users?.includeGroups ?? []), ...(users?.includeRoles ?? [])],
    excludes: [...(users?.excludeGroups ?? []), ...(users?.excludeRoles ?? [])],
  };
}
