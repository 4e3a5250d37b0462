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
  return {
    appOrigin: options.appOrigin,
    graph: async () => graphCalls(options, await tokenOf('graph')),
    arm: async () => armCalls(options, await tokenOf('arm')),
  };
}
