import { desc, eq } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { sessionRevocations } from '#db/schema/revocations.ts';
import type { Actor } from '#lib/domain/actor.ts';

/** When the viewer last had all their sign-ins ended, and what became of it; null: never. */
export async function lastRevocation({ objectId }: Actor) {
  const { askedAt, doneAt, failure } = sessionRevocations;
  const [row] = await db()
    .select({ askedAt, doneAt, failure })
    .from(sessionRevocations)
    .where(eq(sessionRevocations.personId, objectId))
    .orderBy(desc(askedAt))
    .limit(1);
  return row ?? null;
}
