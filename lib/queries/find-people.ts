import { inArray, or, sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { principals } from '#db/schema/inventory.ts';
import type { Actor } from '#lib/domain/actor.ts';
import { mayRunReviews } from '#lib/domain/permission.ts';
import type { PersonChoice } from './review-rows.ts';

/** People who can be asked, by exact user principal name or object id; null to whom it is not open. */
export async function findPeople(
  viewer: Actor,
  texts: string[],
): Promise<{ found: PersonChoice[]; missing: string[] } | null> {
  if (!mayRunReviews(viewer)) return null;
  const called = [...new Set(texts.map((text) => text.trim().toLowerCase()).filter(Boolean))].slice(0, 100);
  if (called.length === 0) return { found: [], missing: [] };
  const found = await db()
    .select({ id: principals.id, name: principals.name, upn: principals.upn })
    .from(principals)
    .where(
      sql`${or(inArray(principals.id, called), inArray(sql`lower(${principals.upn})`, called))}
        and kind in ('member', 'guest') and gone_at is null and enabled is not false`,
    );
  const known = new Set(found.flatMap(({ id, upn }) => [id, upn?.toLowerCase()]));
  return { found, missing: called.filter((text) => !known.has(text)) };
}
