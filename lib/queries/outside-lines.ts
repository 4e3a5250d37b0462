import { and, asc, gt, isNull, type SQL, sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { outsideRoles } from '#db/schema/posture.ts';
import type { Actor } from '#lib/domain/actor.ts';
import { mayReadPosture } from '#lib/domain/permission.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { linesById } from './lines-by-id.ts';
import { matchingOutside } from './outside-roles.ts';
import type { OutsideFilter } from './outside-rows.ts';

/**
 * Privilege that no role shows, under a filter, as lines that the database makes (`line`: SQL over `outside_roles`), by
 * their ids. @throws Refusal not_allowed to whom posture is not open.
 */
export function outsideLines(
  viewer: Actor,
  { filter, after }: { filter: OutsideFilter; after: string | null },
  line: SQL,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  if (!mayReadPosture(viewer)) throw new Refusal('not_allowed');
  const linesAfter = (place: string | null) =>
    db()
      .select({ line: sql<string>`${line}`.as('line'), id: outsideRoles.id })
      .from(outsideRoles)
      .where(
        and(
          isNull(outsideRoles.goneAt),
          ...matchingOutside(filter),
          place === null ? undefined : gt(outsideRoles.id, place),
        ),
      )
      .orderBy(asc(outsideRoles.id));
  return linesById(linesAfter, after, signal);
}
