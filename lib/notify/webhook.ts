import { Webhook } from 'standardwebhooks';
import type { Reach } from '#lib/outbound/address.ts';
import { call } from '#lib/outbound/call.ts';
import { OutboundFault } from '#lib/outbound/faults.ts';
import { NotifyFault } from './faults.ts';
import type { Outlets } from './ports.ts';
import { addressRefused } from './webhook-address.ts';

/** Milliseconds an endpoint has to answer. */
const mostMs = 20_000;

/**
 * Calls endpoints as Standard Webhooks 1.0.0 has it: the event's id stays over all tries, the time is the try's own,
 * and every secret that holds signs. `openSecret` opens a sealed one.
 */
export function webhookCaller(
  openSecret: (endpointId: string, sealed: Buffer) => string,
  reach: Reach,
  within = mostMs,
): Outlets['callWebhook'] {
  return async ({ id, url, body, sealedSecrets }) => {
    const now = new Date();
    const signatures = sealedSecrets.map(({ endpointId, sealed }) =>
      new Webhook(openSecret(endpointId, sealed)).sign(id, now, body),
    );
    const headers = {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
      'webhook-signature': signatures.join(' '),
    };
    const answer = await call(new URL(url), { method: 'POST', headers, body }, reach, within).catch(
      (error: unknown) => {
        throw faultOf(error);
      },
    );
    const { status, retryAfterSeconds } = answer;
    if (status >= 200 && status < 300) return;
    if (status === 410) throw new NotifyFault('gone', 'It answered 410: it wants no more of these.');
    if (status === 429 || status === 503)
      throw new NotifyFault('busy', `It is busy (${status}).`, { retryAfterSeconds });
    if (status >= 300 && status < 400)
      throw new NotifyFault('unreachable', `It sends to another address (${status}), which is not followed.`);
    throw new NotifyFault('unreachable', `It answered ${status}.`);
  };
}

const words: Record<OutboundFault['kind'], string> = {
  address_refused: addressRefused,
  late: 'It did not answer in time.',
  too_large: 'Its answer is too large.',
  unreachable: 'It cannot be reached.',
};

function faultOf(error: unknown): NotifyFault {
  const kind = error instanceof OutboundFault ? error.kind : 'unreachable';
  // Where it leads is not where Stint calls: no try changes that.
  return new NotifyFault(kind === 'address_refused' ? 'refused' : 'unreachable', words[kind], {
    cause: error,
  });
}
