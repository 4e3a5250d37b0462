import type { Tx } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import { AzureFault } from '#lib/azure/faults.ts';
import type { FiledRequest, PersonPorts } from '#lib/azure/ports.ts';
import { type Changed, change } from '#lib/operations/change.ts';
import type { Context } from '#lib/operations/context.ts';
import { statusWords } from './failure-words.ts';
import { grantedWindow } from './granted-window.ts';
import { move, mustLoad, type RequestRecord } from './move.ts';

/**
 * Reads one's own waiting request from Azure again: what was denied, cancelled, granted or dropped there,
 * outside Stint, is recorded. A fault leaves it as it is; the next reading tells.
 */
export async function rereadFiled(
  ctx: Context,
  request: RequestRecord,
  ports: PersonPorts,
  token: string,
): Promise<void> {
  const { id, plane, roleId, scopeId, azureId } = request;
  let filed: FiledRequest | null;
  try {
    filed = await ports[plane].filed(token, { requestId: id, azureId, role: { plane, roleId, scopeId } });
  } catch (error) {
    if (error instanceof AzureFault) return;
    throw error;
  }
  if (!filed || filed.status === 'pending_approval') return;
  const known = filed;
  await change(
    ctx,
    (tx) => mustLoad(tx, id),
    (tx, seen) => (seen.version === request.version ? record(tx, seen, known) : nothing()),
  );
}

async function record(tx: Tx, seen: RequestRecord, filed: FiledRequest): Promise<Changed<unknown>> {
  const now = await clock(tx);
  const said = { where: 'azure', azureStatus: filed.azureStatus };
  // Granted already: the look sees it come, and only Azure's own failure is news.
  if (seen.status === 'provisioning' && filed.status !== 'failed') return nothing();
  switch (filed.status) {
    case 'failed': {
      const failure = statusWords(filed.azureStatus);
      const patch = { failure, checkAt: null, endedAt: now };
      return move(tx, seen, 'failed', patch, 'request.failed', { ...said, failure });
    }
    case 'denied':
      return move(tx, seen, 'denied', { checkAt: null, endedAt: now }, 'request.denied', said);
    case 'cancelled':
    case 'revoked':
      return move(tx, seen, 'withdrawn', { checkAt: null, endedAt: now }, 'request.cancelled', said);
    case 'timed_out':
      return move(tx, seen, 'lapsed', { checkAt: null, endedAt: now }, 'request.lapsed', said);
    case 'scheduled': {
      if (seen.status === 'scheduled') return nothing();
      const patch = { startsAt: filed.startsAt, endsAt: filed.endsAt, checkAt: filed.startsAt ?? now };
      return move(tx, seen, 'scheduled', patch, 'request.scheduled', said);
    }
    case 'provisioned':
    case 'provisioning': {
      const patch = { ...grantedWindow(seen, filed, now), checkAt: now };
      return move(tx, seen, 'provisioning', patch, 'request.granted', said);
    }
    default:
      return nothing();
  }
}

const nothing = async (): Promise<Changed<unknown>> => ({ value: null, entries: [] });
