import { sql } from 'drizzle-orm';
import { transaction } from '#db/client.ts';
import { heartbeats } from '#db/schema/clock.ts';

/** Says that a process which runs jobs is alive. */
export async function beat(name: string): Promise<void> {
  const beatAt = sql`now()`;
  await transaction((tx) =>
    tx
      .insert(heartbeats)
      .values({ name, beatAt })
      .onConflictDoUpdate({ target: heartbeats.name, set: { beatAt } }),
  );
}
