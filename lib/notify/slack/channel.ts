import { z } from 'zod';
import { NotifyFault } from '#lib/notify/faults.ts';
import { type ChatReads, follows, letterCard, placeOf } from '#lib/notify/letter-card.ts';
import type { Channel, Delivery } from '#lib/notify/ports.ts';
import type { SlackApi } from './api.ts';
import { blocksOf, fallbackOf } from './blocks.ts';

const posted = z.looseObject({ channel: z.string(), ts: z.string() });
const receipt = z.looseObject({ channel: z.string(), ts: z.string() });

/**
 * Letters as direct messages of the app, with buttons where they may be signed there. What asks for a decision is
 * updated in place. Slack knows no key by which the same message twice is one: after a crash between sending and
 * recording it may come twice.
 */
export function slackChannel(api: SlackApi, reads: ChatReads, origin: string): Channel {
  const messageOf = async (delivery: Delivery) => {
    const card = await letterCard(delivery, reads);
    return { text: fallbackOf(card), blocks: blocksOf(card, origin) };
  };
  return {
    async send(delivery) {
      const { userId } = await placeOf(delivery, reads);
      const message = await messageOf(delivery);
      const quiet = { unfurl_links: false, unfurl_media: false };
      const sent = posted.safeParse(await api('chat.postMessage', { channel: userId, ...message, ...quiet }));
      if (!sent.success) throw new NotifyFault('refused', 'Slack did not say where the message is.');
      return follows(delivery) ? { channel: sent.data.channel, ts: sent.data.ts } : null;
    },
    async update(kept, delivery) {
      await placeOf(delivery, reads);
      const { channel, ts } = receipt.parse(kept);
      await api('chat.update', { channel, ts, ...(await messageOf(delivery)) });
    },
  };
}
