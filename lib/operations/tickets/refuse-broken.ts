import type { Tx } from '#db/client.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { brokenAmong } from './broken-among.ts';

/**
 * A request that waited for its person goes on only as long as its ticket still allows it.
 * @throws Refusal `ticket_closed` for one that was found closed, or breaks its rules, since it was asked with.
 */
export async function refuseBroken(tx: Tx, requestId: string): Promise<void> {
  const fault = (await brokenAmong(tx, [requestId])).get(requestId);
  if (fault) throw new Refusal('ticket_closed', fault);
}
