import { eq, inArray } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { requests } from '#db/schema/requests.ts';
import type { Plane } from '#lib/domain/plane.ts';

/** Which plane a request is of, to know whose token its next act needs; null when there is no such request. */
export async function requestPlane(id: string): Promise<Plane | null> {
  const [row] = await db().select({ plane: requests.plane }).from(requests).where(eq(requests.id, id));
  return row?.plane ?? null;
}

/** The same of several, each plane once. */
export async function requestPlanes(ids: readonly string[]): Promise<Plane[]> {
  const rows = await db()
    .selectDistinct({ plane: requests.plane })
    .from(requests)
    .where(inArray(requests.id, [...ids]));
  return rows.map(({ plane }) => plane);
}
