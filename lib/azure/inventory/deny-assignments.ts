import type { ArmCalls } from '#lib/azure/arm/calls.ts';
import { plainScope } from '#lib/azure/arm/scope.ts';
import { type Harvest, harvest } from '#lib/domain/inventory.ts';
import type { OutsideSeen } from '#lib/domain/outside-role.ts';

interface Denied {
  id?: string;
  name?: string;
  properties?: {
    denyAssignmentName?: string;
    scope?: string;
    permissions?: { actions?: string[]; notActions?: string[] }[];
    doNotApplyToChildScopes?: boolean;
    isSystemProtected?: boolean;
    principals?: { id?: string; type?: string }[];
    excludePrincipals?: { id?: string }[];
  };
}

/** Azure's own name for everybody. */
const everyone = '00000000-0000-0000-0000-000000000000';

/** What Azure forbids whatever roles say. A place lists what comes from above it, too: the same row, by its id. */
export async function readDenyAssignments(
  arm: ArmCalls,
  place: string,
  cursor: string | null,
): Promise<Harvest> {
  const first = `${place}/providers/Microsoft.Authorization/denyAssignments?api-version=2022-04-01`;
  const { rows, next } = await arm.page<Denied>(cursor ?? first);
  return harvest({ outside: rows.flatMap(deniedTo), next });
}

function deniedTo({ name = '', properties = {} }: Denied): OutsideSeen[] {
  const { denyAssignmentName, scope = '/', permissions = [], principals = [] } = properties;
  const targetId = plainScope(scope).toLowerCase();
  const listed = (of: 'actions' | 'notActions') => permissions.flatMap((one) => one[of] ?? []).join(', ');
  return principals.map(({ id = everyone }) => ({
    kind: 'deny_assignment',
    azureId: `${name} ${id}`,
    principalId: id === everyone ? null : id.toLowerCase(),
    principalName: id === everyone ? 'Everybody' : '',
    targetId,
    targetName: '',
    what: denyAssignmentName ?? '',
    startsAt: null,
    endsAt: null,
    details: {
      denies: listed('actions'),
      butNot: listed('notActions') || null,
      exceptions: properties.excludePrincipals?.length ?? 0,
      onlyHere: properties.doNotApplyToChildScopes === true,
      byAzure: properties.isSystemProtected === true,
    },
  }));
}
