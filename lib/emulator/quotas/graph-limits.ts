import type { Limit, Metered } from './quotas.ts';
import { isGraphWrite, resourceUnits } from './resource-units.ts';

/**
 * Graph's limits for identity: resource units per application and tenant in ten seconds, by the size of the tenant, and
 * writes in 150 seconds (contract 0; Microsoft Graph service limits).
 */
export function graphLimits(call: Metered): Limit[] {
  const units = resourceUnits(call.method, call.path, call.query);
  const size = call.users < 50 ? 3500 : call.users <= 500 ? 5000 : 8000;
  const write = isGraphWrite(call.method, call.path);
  const limit = (kind: string, capacity: number, seconds: number, cost: number): Limit => ({
    key: `graph ${kind} ${call.appId}`,
    capacity,
    perSecond: capacity / seconds,
    cost,
    headers: (left, full) => ({
      ...(cost === units && kind === 'units' ? { 'x-ms-resource-unit': String(units) } : {}),
      ...usedShare(left, full),
    }),
    refusal: () => ({
      code: 'TooManyRequests',
      message: 'Too Many Requests',
      headers: {
        'x-ms-throttle-scope': `Tenant_Application/${write ? 'ReadWrite' : 'Read'}/${call.appId}/${call.tenantId}`,
        'x-ms-throttle-information': kind === 'units' ? 'ResourceUnitLimitExceeded' : 'WriteLimitExceeded',
      },
    }),
  });
  return [limit('units', size, 10, units), ...(write ? [limit('writes', 3000, 150, 1)] : [])];
}

/** Told only once four fifths are used. */
function usedShare(left: number, full: number): Record<string, string> {
  const used = 1 - left / full;
  return used < 0.8 ? {} : { 'x-ms-throttle-limit-percentage': used.toFixed(2) };
}
