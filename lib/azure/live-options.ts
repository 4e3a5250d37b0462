import type { Config } from '#lib/config/config.ts';
import type { Throttle } from './quota/throttle.ts';

/** Where the APIs live, and what a caller may hand in. */
export interface LiveOptions extends Pick<Config, 'graphOrigin' | 'armOrigin'> {
  /** Sent as `client-request-id`, so that a call is found again in Microsoft's logs. */
  traceId?: (() => string | undefined) | undefined;
  appOrigin?: string | undefined;
  /** What keeps reads within Azure's quotas; without it they go at once. */
  quota?: { graph: Throttle; arm: Throttle } | undefined;
}

/** No single call waits longer. Milliseconds. */
export const callTimeout = 20_000;
