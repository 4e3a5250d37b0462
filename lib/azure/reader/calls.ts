import { type ArmCalls, armCalls } from '#lib/azure/arm/calls.ts';
import { AzureFault } from '#lib/azure/faults.ts';
import { type GraphCalls, graphCalls } from '#lib/azure/graph/calls.ts';
import type { LiveOptions } from '#lib/azure/live-options.ts';
import type { Audience } from '#lib/domain/plane.ts';

/** Both APIs as one of Stint's own identities; a token is asked for only where its API is. */
export interface ReaderCalls {
  graph(): Promise<GraphCalls>;
  arm(): Promise<ArmCalls>;
  /** Where Stint itself is reached, so that it knows itself in what it reads. */
  appOrigin?: string | undefined;
}

/** @throws AzureFault `token_refused` from its methods when Entra gives the identity no token. */
export function readerCalls(
  options: LiveOptions,
  token: (audience: Audience) => Promise<string>,
  identity = 'Reader',
): ReaderCalls {
  async function tokenOf(audience: Audience): Promise<string> {
    try {
      return await token(audience);
    } catch (cause) {
      throw new AzureFault('token_refused', {
        message: `Entra gave the ${identity} identity no token.`,
        cause,
      });
    }
  }
  const graph = perToken((one) => graphCalls(options, one));
  const arm = perToken((one) => armCalls(options, one));
  return {
    appOrigin: options.appOrigin,
    graph: async () => graph(await tokenOf('graph')),
    arm: async () => arm(await tokenOf('arm')),
  };
}

/** Made anew with a new token only: a reading of a large tenant asks twenty thousand times, and an SDK's client is not made for nothing. */
function perToken<Calls>(make: (token: string) => Calls): (token: string) => Calls {
  let last: { token: string; calls: Calls } | null = null;
  return (token) => {
    if (last?.token !== token) last = { token, calls: make(token) };
    return last.calls;
  };
}
