import { sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { outboundChannels } from '#db/schema/deliveries.ts';

/** Notes which ways out the process that delivers has: letters are written for these, whoever writes them. */
export async function noteChannels(
  facts: readonly Omit<typeof outboundChannels.$inferInsert, 'seenAt'>[],
): Promise<void> {
  for (const fact of facts) {
    const row = { ...fact, seenAt: sql`stint_now()` };
    await db()
      .insert(outboundChannels)
      .values(row)
      .onConflictDoUpdate({ target: outboundChannels.name, set: row });
  }
}
