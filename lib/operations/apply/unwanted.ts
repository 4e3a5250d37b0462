import { eq } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { requests } from '#db/schema/requests.ts';
import { ticketHolds } from '#db/schema/tickets.ts';
import { mayWithdraw } from '#lib/domain/may-withdraw.ts';
import type { Changed, Told } from '#lib/operations/change.ts';
import { stillHolding } from '#lib/operations/tickets/still-holding.ts';
import { letGo } from './let-go.ts';
import type { ChangeRecord } from './move-change.ts';

/**
 * Lets the end that a closed ticket asked for go when it is not wanted any more, judged in the moment before Azure would
 * be told: the activation is over, or a ticket needs it that is open, or was opened again. null: it still is wanted.
 */
export async function letGoUnwanted(
  tx: Tx,
  seen: ChangeRecord,
  now: Date,
): Promise<Changed<ChangeRecord> | null> {
  if (!seen.requestId || seen.progress.because !== 'ticket_closed' || !mayWithdraw(seen)) return null;
  const [request] = await tx.select().from(requests).where(eq(requests.id, seen.requestId));
  if (!request) return null;
  const isOn = request.status === 'active' || request.status === 'ending';
  if (!isOn) return letGo(tx, seen, 'The activation is over already.');
  const [ticket] = await stillHolding(tx, request, now);
  if (ticket === undefined) return null;
  const why = `${ticket || 'What it was asked for'} still needs it.`;
  // First the holds, then the change: whoever sees a ticket opened again goes by the same order.
  await tx.update(ticketHolds).set({ ending: null }).where(eq(ticketHolds.requestId, request.id));
  const { value, entries } = await letGo(tx, seen, why);
  const told: Told = {
    action: 'request.ticket_end_let_go',
    subject: { kind: 'request', id: request.id },
    details: { why },
  };
  return { value, entries: [...entries, told] };
}
