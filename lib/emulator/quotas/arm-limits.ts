import type { Limit, Metered } from './quotas.ts';

type Kind = 'reads' | 'writes' | 'deletes';

/**
 * Resource Manager's limits per principal for each subscription, or for the tenant: 250 reads refilled at 25 a second,
 * 200 writes and 200 deletes at 10; all principals together have fifteen times that. Resource Graph: 15 queries in five
 * seconds (contract 0 and A6; Azure Resource Manager request limits).
 */
export function armLimits(call: Metered): Limit[] {
  if (/\/microsoft\.resourcegraph\//i.test(call.path)) return [resourceGraph(call)];
  const kind = kindOf(call);
  const subscription = /\/subscriptions\/([^/]+)/i.exec(call.path)?.[1]?.toLowerCase();
  const place = subscription === undefined ? 'tenant' : 'subscription';
  const where = subscription ?? call.tenantId;
  const [capacity, perSecond] = kind === 'reads' ? [250, 25] : [200, 10];
  const limit = (name: string, key: string, times: number): Limit => ({
    key: `arm ${where} ${kind} ${key}`,
    capacity: capacity * times,
    perSecond: perSecond * times,
    cost: 1,
    headers: (left) => ({ [`x-ms-ratelimit-remaining-${name}-${kind}`]: String(left) }),
    refusal: (seconds) => ({
      code: place === 'tenant' ? 'TenantRequestsThrottled' : 'SubscriptionRequestsThrottled',
      message: `Number of ${kind.slice(0, -1)} requests for ${place} '${where}' actor '${call.principalId}' exceeded. Please try again after '${seconds}' seconds after additional tokens are available. Refer to https://aka.ms/arm-throttling for additional information.`,
    }),
  });
  const own = limit(place, call.principalId, 1);
  return place === 'tenant' ? [own] : [own, limit('subscription-global', 'everyone', 15)];
}

function kindOf({ method, path }: Metered): Kind {
  if (method === 'DELETE') return 'deletes';
  const reads = method === 'GET' || method === 'HEAD' || /\/(batch|getEntities|validate)$/i.test(path);
  return reads ? 'reads' : 'writes';
}

function resourceGraph({ principalId }: Metered): Limit {
  return {
    key: `resource graph ${principalId}`,
    capacity: 15,
    perSecond: 3,
    cost: 1,
    headers: (left, full) => ({
      'x-ms-user-quota-remaining': String(left),
      'x-ms-user-quota-resets-after': `00:00:0${left >= full ? 0 : 5}`,
    }),
    refusal: () => ({
      code: 'RateLimiting',
      message: 'The request was throttled: too many queries. Please try again later.',
    }),
  };
}
