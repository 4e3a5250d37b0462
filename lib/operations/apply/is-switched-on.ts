import type { Tx } from '#db/client.ts';
import { isApplierOn } from '#db/is-applier-on.ts';
import type { Plane } from '#lib/domain/plane.ts';
import type { ChangeRecord } from './move-change.ts';

/** What a change is about, as far as its place goes. */
type Placed = Pick<ChangeRecord, 'plane' | 'way'> & { kept: Pick<ChangeRecord['kept'], 'scopeId'> };

/** Where a change really happens: a membership is left in the directory, whatever it gives. */
export function switchPlace({ kept, plane, way }: Placed): {
  plane: Plane;
  scopeId: string;
} {
  if (way === 'membership') return { plane: 'group', scopeId: '/' };
  return { plane, scopeId: plane === 'azure' ? kept.scopeId.toLowerCase() : '/' };
}

/** Whether an administrator has switched the Applier on for the plane, or for a scope that holds the change's. */
export function isSwitchedOn(tx: Tx, change: Placed): Promise<boolean> {
  return isApplierOn(tx, switchPlace(change));
}
