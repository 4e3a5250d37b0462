import type { Tx } from '#db/client.ts';
import { enqueue } from '#db/queue.ts';
import type { ChannelName } from '#lib/domain/delivery.ts';

/** Each way out has a queue of its own. */
const jobOf = {
  mail: 'deliver-mail',
  slack: 'deliver-slack',
  teams: 'deliver-teams',
  webhook: 'deliver-webhook',
} as const satisfies Record<ChannelName, string>;

/** Takes the job that sends a delivery. */
export async function enqueueDelivery(
  tx: Tx,
  { id, channel }: { id: string; channel: ChannelName },
  traceId: string,
): Promise<void> {
  await enqueue(tx, jobOf[channel], { deliveryId: id, traceId });
}
