import { config } from '#lib/config/config.ts';
import { type Reach, requireUrl } from '#lib/outbound/address.ts';
import { OutboundFault } from '#lib/outbound/faults.ts';

/** Which addresses endpoints may have, as the environment says. */
export function webhookReach(): Reach {
  const { sandbox, webhookHosts } = config();
  return { hosts: webhookHosts, sandbox };
}

export const addressRefused =
  'Its address is not one that Stint calls: https and public, or named in STINT_WEBHOOK_HOSTS.';

/**
 * Why an endpoint's address is none that Stint calls, as far as it says so itself: where its name leads is seen with each
 * call. null: it may be.
 */
export function faultOfEndpoint(url: URL, reach: Reach = webhookReach()): string | null {
  try {
    requireUrl(url, reach);
    return null;
  } catch (error) {
    if (error instanceof OutboundFault) return addressRefused;
    throw error;
  }
}
