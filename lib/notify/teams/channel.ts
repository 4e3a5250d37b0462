import { z } from 'zod';
import { NotifyFault } from '#lib/notify/faults.ts';
import { type ChatReads, type Conversation, follows, letterCard, placeOf } from '#lib/notify/letter-card.ts';
import type { Channel, Delivery } from '#lib/notify/ports.ts';
import { adaptiveCard } from './adaptive-card.ts';
import type { Connector } from './connector.ts';

const receipt = z.looseObject({ conversationId: z.string(), activityId: z.string() });

/**
 * Letters as cards of the bot in its chat with each person, updated in place. The Bot Connector knows no key by which the
 * same card twice is one: after a crash between sending and recording it may come twice.
 */
export function teamsChannel(connector: Connector, reads: ChatReads, origin: string): Channel {
  const conversationOf = async (delivery: Delivery): Promise<Conversation> => {
    const { conversation } = await placeOf(delivery, reads);
    if (!conversation) throw new NotifyFault('gone', 'The bot is not installed for this person any more.');
    return conversation;
  };
  const written = async (delivery: Delivery, { memberId }: Conversation) =>
    adaptiveCard(await letterCard(delivery, reads), origin, [memberId]);
  return {
    async send(delivery) {
      const to = await conversationOf(delivery);
      const activityId = await connector.send(to, await written(delivery, to));
      return follows(delivery) ? { conversationId: to.conversationId, activityId } : null;
    },
    async update(kept, delivery) {
      const { conversationId, activityId } = receipt.parse(kept);
      const to = { ...(await conversationOf(delivery)), conversationId };
      await connector.update(to, activityId, await written(delivery, to));
    },
  };
}
