import { asc, eq } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { letters } from '#db/schema/letters.ts';

/** What somebody was told, by kind, in order. */
export async function toldTo(person: { id: string }): Promise<string[]> {
  const { personId, writtenAt } = letters;
  const rows = await db().select().from(letters).where(eq(personId, person.id)).orderBy(asc(writtenAt));
  return rows.map(({ kind }) => kind);
}

/** The code of a refusal, or that there was none. */
export function code(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => 'done',
    (error) => error.code ?? String(error),
  );
}
