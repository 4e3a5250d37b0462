import { armLimits } from './arm-limits.ts';
import { graphLimits } from './graph-limits.ts';
import { type TokenBucket, takeTokens } from './token-bucket.ts';

/** Which quotas are enforced, and at what part of Azure's numbers. */
export interface QuotaSettings {
  graph: boolean;
  arm: boolean;
  /** 1: Azure's numbers. */
  scale: number;
}

/** What a quota must know of a call. */
export interface Metered {
  method: string;
  path: string;
  query: URLSearchParams;
  appId: string;
  principalId: string;
  tenantId: string;
  /** People in the tenant: Graph gives larger tenants more. */
  users: number;
}

/** One bucket a call takes from. */
export interface Limit {
  key: string;
  capacity: number;
  perSecond: number;
  cost: number;
  /** Headers that tell how much is left; whole numbers. */
  headers(left: number, capacity: number): Record<string, string>;
  refusal(seconds: number): { code: string; message: string; headers?: Record<string, string> };
}

export interface Verdict {
  headers: Record<string, string>;
  refusal: { code: string; message: string } | null;
}

export interface Quotas {
  settings: QuotaSettings;
  /** Counts one call. While an API's quotas are off nothing is taken, and the headers tell of a full bucket. */
  take(api: 'graph' | 'arm', call: Metered): Verdict;
  /** Full buckets and nothing enforced. */
  reset(): void;
}

/** Token buckets with Azure's numbers, on the machine's clock (contract 0). */
export function makeQuotas(machineNow: () => number): Quotas {
  const buckets = new Map<string, TokenBucket>();
  const off: QuotaSettings = { graph: false, arm: false, scale: 1 };
  const quotas: Quotas = {
    settings: { ...off },
    take(api, call) {
      const headers: Record<string, string> = {};
      for (const limit of (api === 'graph' ? graphLimits : armLimits)(call)) {
        const bucket = bucketOf(limit);
        const seconds = quotas.settings[api] ? takeTokens(bucket, limit.cost, machineNow()) : 0;
        Object.assign(headers, limit.headers(Math.floor(bucket.level), bucket.capacity));
        if (seconds === 0) continue;
        const { code, message, headers: more } = limit.refusal(seconds);
        return {
          headers: { ...headers, ...more, 'retry-after': String(seconds) },
          refusal: { code, message },
        };
      }
      return { headers, refusal: null };
    },
    reset() {
      buckets.clear();
      quotas.settings = { ...off };
    },
  };
  function bucketOf({ key, capacity, perSecond }: Limit): TokenBucket {
    const { scale } = quotas.settings;
    const size = Math.max(1, capacity * scale);
    const name = `${key} ${size}`;
    const known = buckets.get(name);
    if (known) return known;
    const made = { capacity: size, perSecond: perSecond * scale, level: size, at: machineNow() };
    buckets.set(name, made);
    return made;
  }
  return quotas;
}
