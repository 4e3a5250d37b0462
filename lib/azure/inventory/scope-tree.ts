/** Which management group holds which others, and which subscriptions. */
import type { ArmCalls } from '#lib/azure/arm/calls.ts';
import { plainScope, scopeKindOf } from '#lib/azure/arm/scope.ts';
import { type Harvest, harvest } from '#lib/domain/inventory.ts';
import type { ScopeSeen } from '#lib/domain/scope-reach.ts';

interface Descendant {
  id?: string;
  name?: string;
  properties?: { displayName?: string; parent?: { id?: string } };
}

/**
 * All that hangs below the tenant's root group, of any depth, in pages: one call for a thousand places. The root is
 * called like the tenant. Needs Microsoft.Management/managementGroups/descendants/read there: Reader has it, Management
 * Group Reader has not. (Management groups, Get Descendants.)
 */
export async function readScopeTree(
  arm: ArmCalls,
  tenantId: string,
  cursor: string | null,
): Promise<Harvest> {
  const first = `/providers/Microsoft.Management/managementGroups/${tenantId}/descendants?api-version=2021-04-01`;
  const { rows, next } = await arm.page<Descendant>(cursor ?? first);
  return harvest({ scopes: rows.flatMap(scopeOf), next });
}

function scopeOf({ id, name, properties }: Descendant): ScopeSeen[] {
  const parentId = properties?.parent?.id;
  if (!id || !parentId) return [];
  const scope = inShort(id);
  return [
    {
      id: scope,
      parentId: inShort(parentId),
      name: properties?.displayName || (name ?? scope),
      kind: scopeKindOf(scope),
    },
  ];
}

/** As scopes of assignments are written, in lower case; a subscription may be printed below its management group. */
function inShort(id: string): string {
  const scope = plainScope(id).toLowerCase();
  return scope.replace(
    /^\/providers\/microsoft\.management\/managementgroups\/[^/]+(?=\/subscriptions\/)/,
    '',
  );
}
