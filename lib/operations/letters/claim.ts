import { and, eq, inArray, lte, sql } from 'drizzle-orm';
import { type Tx, transaction } from '#db/client.ts';
import { deliveries } from '#db/schema/deliveries.ts';
import { letters } from '#db/schema/letters.ts';
import { people } from '#db/schema/people.ts';
import { asksForDecision } from '#lib/domain/delivery.ts';
import type { Delivery } from '#lib/notify/ports.ts';
import { isBeingTold } from '#lib/operations/webhooks/one-at-a-time.ts';
import { standingOf } from './standing-of.ts';
import { whyNotTheirs } from './waits-for.ts';

/** Longer than any try takes: who claimed it and left no trace has died, and it is due again. */
const leaseMinutes = 2;

export type DeliveryRow = typeof deliveries.$inferSelect;
/** A try that is ours: what to send, and the row by whose count of tries it is recorded. */
export interface Claimed {
  row: DeliveryRow;
  /** null: an event, to an endpoint. */
  delivery: Delivery | null;
}

/**
 * Takes a delivery for one try, or all that wait to go out with it as one. Answers nothing where somebody else has it,
 * where it is done, where its endpoint is being told of something else, and where it is no news any more: that is noted.
 */
export async function claim(deliveryId: string): Promise<Claimed[]> {
  return transaction(async (tx) => {
    const [seen] = await tx.select().from(deliveries).where(eq(deliveries.id, deliveryId));
    if (!seen) return [];
    if (seen.channel === 'webhook' && (await isBeingTold(tx, seen.address, seen.id))) return [];
    const own = seen.isHeld
      ? and(
          eq(deliveries.isHeld, true),
          eq(deliveries.channel, seen.channel),
          eq(deliveries.address, seen.address),
        )
      : eq(deliveries.id, deliveryId);
    const taken = await tx
      .update(deliveries)
      .set({
        tries: sql`${deliveries.tries} + 1`,
        dueAt: sql`stint_now() + make_interval(mins => ${leaseMinutes})`,
        queuedAt: sql`stint_now()`,
      })
      .where(
        and(own, inArray(deliveries.state, ['waiting', 'failed']), lte(deliveries.dueAt, sql`stint_now()`)),
      )
      .returning();
    const whole: Claimed[] = [];
    for (const row of taken.toSorted((a, b) => a.id.localeCompare(b.id))) {
      const delivery = row.letterId ? await letterOf(tx, row, row.letterId) : null;
      const stale = delivery && (await staleness(tx, row, delivery));
      if (stale) await skip(tx, row, stale);
      else whole.push({ row, delivery });
    }
    return whole;
  });
}

/** The letter of a delivery as a channel gets it, with how its request stands now. */
export async function letterOf(tx: Tx, row: DeliveryRow, letterId: string): Promise<Delivery> {
  const [found] = await tx
    .select({ letter: letters, name: people.name })
    .from(letters)
    .leftJoin(people, eq(people.objectId, letters.personId))
    .where(eq(letters.id, letterId));
  if (!found) throw new Error(`Delivery ${row.id} has no letter.`);
  const { id, kind, facts, requestId, writtenAt, personId } = found.letter;
  const standing = requestId ? await standingOf(tx, requestId) : null;
  return {
    id: row.id,
    letter: { id, kind, facts, requestId, writtenAt, standing },
    person: { id: personId, name: found.name ?? '' },
    address: row.address,
  };
}

/** Why it is no news any more; null: it is. */
async function staleness(tx: Tx, row: DeliveryRow, { letter, person }: Delivery): Promise<string | null> {
  if (letter.requestId && letter.standing && asksForDecision(letter.kind)) {
    if (!letter.standing.isOpen) return 'It was decided before this could be sent.';
    const other = await whyNotTheirs(tx, letter.requestId, person.id);
    if (other) return other;
  }
  if (!row.isHeld) return null;
  const [read] = await tx.select({ at: letters.readAt }).from(letters).where(eq(letters.id, letter.id));
  return read?.at ? 'It was read in Stint before this was sent.' : null;
}

async function skip(tx: Tx, { id }: DeliveryRow, failure: string): Promise<void> {
  await tx.update(deliveries).set({ state: 'skipped', dueAt: null, failure }).where(eq(deliveries.id, id));
}
