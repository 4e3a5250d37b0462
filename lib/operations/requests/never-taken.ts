import type { Tx } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import { dropTokens } from '#lib/operations/act-tokens.ts';
import { move, type RequestRecord } from './move.ts';

/** Takes back what waited for another: Azure has nothing of it, and will not be asked. */
export async function neverTaken(tx: Tx, request: RequestRecord) {
  await dropTokens(tx, request.id);
  return move(tx, request, 'withdrawn', { checkAt: null, endedAt: await clock(tx) }, 'request.cancelled');
}
