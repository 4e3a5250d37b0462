import { and, eq, inArray, sql } from 'drizzle-orm';
import { db, transaction } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import { failPoint } from '#db/fail-points.ts';
import { deliveries } from '#db/schema/deliveries.ts';
import { waitAfter } from '#lib/domain/delivery.ts';
import { NotifyFault } from '#lib/notify/faults.ts';
import type { Outlets, Receipt } from '#lib/notify/ports.ts';
import type { Context } from '#lib/operations/context.ts';
import { callEndpoint } from '#lib/operations/webhooks/call-endpoint.ts';
import { tellNext } from '#lib/operations/webhooks/one-at-a-time.ts';
import { type Claimed, claim } from './claim.ts';
import { refreshCards } from './refresh-cards.ts';
import { standingOf } from './standing-of.ts';

/**
 * Sends a delivery: claimed, sent, recorded. Delivered thrice, the job sends once. Killed between sending and
 * recording it sends again, under the same id, which mail and webhooks know a double by.
 */
export async function deliver(ctx: Context, deliveryId: string, outlets: Outlets): Promise<void> {
  const mine = await claim(deliveryId);
  if (mine.length === 0) return;
  failPoint('deliver:after-claim');
  const sent = await attempt(ctx, mine, outlets).catch((error: unknown) => error);
  failPoint('deliver:after-act');
  for (const { row } of mine) {
    if (sent instanceof Error) await fail(row, sent);
    else await record(row, sent as Receipt);
  }
  if (sent !== null && !(sent instanceof Error)) for (const one of mine) await catchUp(one);
}

/** What was decided while a card was on its way did not find it yet: it is written once more. */
async function catchUp({ row: { requestId }, delivery }: Claimed): Promise<void> {
  if (!requestId || !delivery) return;
  const now = await standingOf(db(), requestId);
  if (JSON.stringify(now) !== JSON.stringify(delivery.letter.standing))
    await transaction((tx) => refreshCards(tx, requestId));
}

async function attempt(ctx: Context, mine: Claimed[], { channels, callWebhook }: Outlets): Promise<Receipt> {
  const [first] = mine;
  if (!first) return null;
  const { channel: name, address } = first.row;
  if (name === 'webhook' || !first.delivery) {
    await callEndpoint(ctx, first.row, address, callWebhook);
    return null;
  }
  const channel = channels[name];
  if (!channel) throw new NotifyFault('unreachable', 'This way out is not set up in Stint’s environment.');
  const letters = mine.flatMap(({ delivery }) => delivery ?? []);
  if (letters.length > 1 && channel.sendTogether) {
    await channel.sendTogether(letters);
    return null;
  }
  return channel.send(first.delivery);
}

type Row = Claimed['row'];

/** Only while it is still this try: who was taken for dead writes nothing. */
const stillOurs = ({ id, tries }: Row) =>
  and(eq(deliveries.id, id), eq(deliveries.tries, tries), inArray(deliveries.state, ['waiting', 'failed']));

async function record(row: Row, receipt: Receipt): Promise<void> {
  await transaction(async (tx) => {
    await tx
      .update(deliveries)
      .set({ state: 'sent', receipt, failure: null, dueAt: null, sentAt: sql`stint_now()` })
      .where(stillOurs(row));
    if (row.channel === 'webhook') await tellNext(tx, row.address);
  });
}

/** What we did not foresee is tried again like a channel that cannot be reached; its words stay in the log alone. */
async function fail(row: Row, error: Error): Promise<void> {
  const fault = error instanceof NotifyFault ? error : null;
  const isOver = fault?.kind === 'refused' || fault?.kind === 'gone';
  const wait = isOver ? null : waitAfter(row.channel, row.tries);
  const seconds = wait === null ? null : Math.max(wait, fault?.retryAfterSeconds ?? 0);
  await transaction(async (tx) => {
    const now = await clock(tx);
    await tx
      .update(deliveries)
      .set({
        state: seconds === null ? 'dead' : 'failed',
        failure: fault?.message ?? 'Something unforeseen went wrong; see Stint’s log.',
        dueAt: seconds === null ? null : new Date(now.getTime() + seconds * 1000),
        queuedAt: null,
      })
      .where(stillOurs(row));
    if (row.channel === 'webhook') await tellNext(tx, row.address);
  });
  // For the log: nothing to be done by the queue, the round brings the next try.
  if (!fault) throw error;
}
