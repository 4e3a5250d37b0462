import { config } from '#lib/config/config.ts';
import { Refusal } from '#lib/domain/refusal.ts';

/**
 * Lets through what Stint's own page sent. Browsers set Origin and Sec-Fetch-Site themselves and pages cannot
 * forge them; Host and X-Forwarded-* are not asked, because a client can.
 * @throws Refusal cross_site, also when a request carries neither header.
 */
export function requireSameOrigin(headers: Headers, appOrigin: string = config().appOrigin): void {
  const origin = headers.get('origin');
  const own = origin === null ? headers.get('sec-fetch-site') === 'same-origin' : origin === appOrigin;
  if (!own) throw new Refusal('cross_site');
}
