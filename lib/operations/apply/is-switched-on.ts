import { sql } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import type { Plane } from '#lib/domain/plane.ts';
import type { ChangeRecord } from './move-change.ts';

/** Where a change really happens: a membership is left in the directory, whatever it gives. */
export function switchPlace({ kept, plane, way }: Pick<ChangeRecord, 'kept' | 'plane' | 'way'>): {
  plane: Plane;
  scopeId: string;
} {
  if (way === 'membership') return { plane: 'group', scopeId: '/' };
  return { plane, scopeId: plane === 'azure' ? kept.scopeId.toLowerCase() : '/' };
}

/** Whether an administrator has switched the Applier on for the plane, or for a scope that holds the change's. */
export async function isSwitchedOn(tx: Tx, change: ChangeRecord): Promise<boolean> {
  const { plane, scopeId } = switchPlace(change);
  const result = await tx.execute(
    sql`select 1 from applier_switches where plane = ${plane}
      and (scope_id in ('/', ${scopeId}) or left(${scopeId}, length(scope_id) + 1) = scope_id || '/')`,
  );
  return (result as unknown as { rows: unknown[] }).rows.length > 0;
}
