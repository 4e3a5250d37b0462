import type { Config } from '#lib/config.ts';

/** Where the APIs live, and what a caller may hand in. */
export interface LiveOptions extends Pick<Config, 'graphOrigin' | 'armOrigin'> {
  /** Sent as `client-request-id`, so that a call is found again in Microsoft's logs. */
  traceId?: (() => string | undefined) | undefined;
}

/** No single call waits longer. Milliseconds. */
export const callTimeout = 20_000;
