import { and, eq, isNotNull, isNull } from 'drizzle-orm';
import { db, type Tx, transaction } from '#db/client.ts';
import { enqueue } from '#db/queue.ts';
import { chatAccounts } from '#db/schema/chat.ts';
import { deliveries } from '#db/schema/deliveries.ts';
import { letters } from '#db/schema/letters.ts';
import { NotifyFault } from '#lib/notify/faults.ts';
import type { Outlets, Standing } from '#lib/notify/ports.ts';
import { letterOf } from './claim.ts';
import { standingOf } from './standing-of.ts';

/** More often than this a request does not change while its cards are written. */
const mostRounds = 5;

/**
 * Brings every card of a request up to how it stands. Read again after writing: of two jobs at once, the slower one
 * does not leave the older word. A card that is gone is left. @throws NotifyFault, which is tried again.
 */
export async function updateCards(requestId: string, { channels }: Pick<Outlets, 'channels'>): Promise<void> {
  let shown: string | null = null;
  for (let round = 0; round < mostRounds; round++) {
    const standing = asText(await standingOf(db(), requestId));
    if (standing === shown) return transaction((tx) => rewriteHomes(tx, requestId));
    await writeAll(requestId, channels);
    shown = standing;
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

const asText = (standing: Standing | null) => JSON.stringify(standing);

async function writeAll(requestId: string, channels: Outlets['channels']): Promise<void> {
  const cards = await db()
    .select()
    .from(deliveries)
    .where(and(eq(deliveries.requestId, requestId), isNotNull(deliveries.receipt)));
  let busy: NotifyFault | null = null;
  for (const card of cards) {
    const { channel: name, letterId, receipt } = card;
    const channel = name === 'webhook' ? undefined : channels[name];
    if (!channel?.update || !letterId || !receipt) continue;
    const delivery = await transaction((tx) => letterOf(tx, card, letterId));
    try {
      await channel.update(receipt, delivery);
    } catch (error) {
      if (!(error instanceof NotifyFault)) throw error;
      // The others are written all the same.
      if (error.kind === 'busy' || error.kind === 'unreachable') busy = error;
    }
  }
  if (busy) throw busy;
}
