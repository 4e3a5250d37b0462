import { and, asc, eq, isNotNull, isNull } from 'drizzle-orm';
import { db, type Tx, transaction } from '#db/client.ts';
import { enqueue } from '#db/queue.ts';
import { chatAccounts } from '#db/schema/chat.ts';
import { deliveries } from '#db/schema/deliveries.ts';
import { letters } from '#db/schema/letters.ts';
import type { Chat } from '#lib/domain/chat.ts';
import { NotifyFault } from '#lib/notify/faults.ts';
import type { Channel, Outlets } from '#lib/notify/ports.ts';
import { keepShown, saysNow } from './card-shown.ts';
import { letterOf } from './claim.ts';

/** More often than this a request does not change while its cards are written. */
const mostRounds = 5;

/**
 * Brings every card of a request in a chat up to how it stands, each once: what a card was made to say last stands with its
 * receipt, so that a try which was cut is gone on with from there. Read again after writing: of two jobs at once, the
 * slower one does not leave the older word. A card that is gone is left. @throws NotifyFault, which is tried again.
 */
export async function updateCards(
  requestId: string,
  chat: Chat,
  { channels }: Pick<Outlets, 'channels'>,
): Promise<void> {
  for (let round = 0; round < mostRounds; round++) {
    if (await writeStale(requestId, chat, channels[chat])) continue;
    if (chat === 'slack') await transaction((tx) => rewriteHomes(tx, requestId));
    return;
  }
}

/** What waits for whom is on their homes in Slack too. */
async function rewriteHomes(tx: Tx, requestId: string): Promise<void> {
  const about = [
    eq(deliveries.requestId, requestId),
    eq(deliveries.channel, 'slack'),
    isNotNull(deliveries.receipt),
  ];
  const homes = await tx
    .selectDistinct({ workspaceId: chatAccounts.workspaceId, userId: chatAccounts.userId })
    .from(deliveries)
    .innerJoin(letters, eq(letters.id, deliveries.letterId))
    .innerJoin(chatAccounts, and(eq(chatAccounts.personId, letters.personId), eq(chatAccounts.chat, 'slack')))
    .where(and(...about, isNull(chatAccounts.endedAt)));
  for (const home of homes) await enqueue(tx, 'chat-home', { ...home, traceId: requestId });
}

/** Writes those cards that say something else than how it stands. false: there were none. */
async function writeStale(requestId: string, chat: Chat, channel: Channel | undefined): Promise<boolean> {
  if (!channel?.update) return false;
  const cards = await db()
    .select()
    .from(deliveries)
    .where(
      and(eq(deliveries.requestId, requestId), eq(deliveries.channel, chat), isNotNull(deliveries.receipt)),
    )
    .orderBy(asc(deliveries.createdAt), asc(deliveries.id));
  let fault: NotifyFault | null = null;
  let wrote = false;
  for (const card of cards) {
    const { letterId, receipt } = card;
    if (!letterId || !receipt) continue;
    const delivery = await transaction((tx) => letterOf(tx, card, letterId));
    const now = await saysNow(delivery);
    const { shows, ...own } = receipt;
    if (shows === now) continue;
    try {
      await channel.update(own, delivery);
    } catch (error) {
      if (!(error instanceof NotifyFault)) throw error;
      // The others are written all the same.
      if (error.kind === 'busy' || error.kind === 'unreachable') {
        fault = longer(fault, error);
        // Who is busy is not asked for the next card either, until when they said.
        if (error.kind === 'busy') break;
        continue;
      }
    }
    await transaction((tx) => keepShown(tx, card, now));
    wrote = true;
  }
  if (fault) throw fault;
  return wrote;
}

/** Of two that want to be asked again, the one that says for longer. */
function longer(one: NotifyFault | null, other: NotifyFault): NotifyFault {
  return one && (one.retryAfterSeconds ?? 0) >= (other.retryAfterSeconds ?? 0) ? one : other;
}
