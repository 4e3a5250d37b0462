import type { Tx } from '#db/client.ts';
import { useEvents } from '#db/schema/posture.ts';
import type { UseEvent, UseSource } from '#lib/domain/use.ts';

/** PostgreSQL takes 65,535 parameters in a statement. */
const rowsAtOnce = 1_000;

/** Keeps what was not known yet, and tells how much that was: the same event again, from wherever, is one. */
export async function keepUseEvents(tx: Tx, source: UseSource, events: readonly UseEvent[]): Promise<number> {
  let fresh = 0;
  // In one order: who keeps the same events at the same time waits for us, and not we for them.
  const key = ({ principalId, roleId, scopeId, at }: UseEvent) =>
    `${principalId} ${roleId} ${scopeId} ${at.toISOString()}`;
  const sorted = events.toSorted((one, other) => (key(one) < key(other) ? -1 : 1));
  for (let at = 0; at < sorted.length; at += rowsAtOnce) {
    const rows = sorted.slice(at, at + rowsAtOnce).map((event) => ({ ...event, source }));
    const kept = await tx
      .insert(useEvents)
      .values(rows)
      .onConflictDoNothing()
      .returning({ at: useEvents.at });
    fresh += kept.length;
  }
  return fresh;
}
