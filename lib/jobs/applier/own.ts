import { applicationTokens } from '#lib/auth/application-tokens.ts';
import { liveApplier } from '#lib/azure/live.ts';
import type { ApplierPort } from '#lib/azure/ports.ts';
import { applierIdentity, surroundings } from '#lib/config/config.ts';
import { traceId } from '#lib/jobs/trace.ts';

/** The Applier itself, with its own credential. Only its own process calls this. */
export function ownApplier(): ApplierPort {
  const tokens = applicationTokens('Applier', applierIdentity);
  return liveApplier(surroundings(), applierIdentity().clientId, tokens, { traceId });
}
