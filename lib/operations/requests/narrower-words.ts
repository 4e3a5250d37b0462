import type { AzureFault } from '#lib/azure/faults.ts';
import { isRefusedBelow } from '#lib/domain/narrower.ts';
import type { RequestRecord } from './move.ts';

/** Why Azure refused a role at a place below the eligibility's scope, with where it can be asked for; null: no such case. */
export function narrowerWords(
  { eligibleScopeId, scopeId, scopeName }: RequestRecord,
  fault: AzureFault,
): string | null {
  if (fault.kind !== 'not_allowed' || eligibleScopeId === null) return null;
  return isRefusedBelow(eligibleScopeId, scopeId)
    ? `Azure does not give a role held at a management group inside a subscription (${fault.code}). Ask again: the form then asks for the whole subscription of ${scopeName}.`
    : `Azure does not give this role at ${scopeName} (${fault.code}). Ask for it at a wider place.`;
}
