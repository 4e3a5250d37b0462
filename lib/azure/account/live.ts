import { graphCalls } from '#lib/azure/graph/calls.ts';
import type { LiveOptions } from '#lib/azure/live-options.ts';
import type { AccountPort } from '#lib/azure/ports.ts';

/** The signed-in person's own account, through Graph. */
export function accountPort(options: LiveOptions): AccountPort {
  return {
    // Graph answers with a flag that is known to be wrong at times: that it answered at all is what counts.
    revokeSessions: async (token) => {
      await graphCalls(options, token).post('/v1.0/me/revokeSignInSessions', {});
    },
  };
}
