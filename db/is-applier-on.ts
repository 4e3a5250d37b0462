import { sql } from 'drizzle-orm';
import type { Plane } from '#lib/domain/plane.ts';
import type { Reader } from './client.ts';

/** Whether an administrator has switched the Applier on for a plane, or for a scope that holds this one (lower case). */
export async function isApplierOn(
  from: Reader,
  { plane, scopeId }: { plane: Plane; scopeId: string },
): Promise<boolean> {
  const result = await from.execute(
    sql`select 1 from applier_switches where plane = ${plane}
      and (scope_id in ('/', ${scopeId}) or left(${scopeId}, length(scope_id) + 1) = scope_id || '/')`,
  );
  return (result as unknown as { rows: unknown[] }).rows.length > 0;
}
