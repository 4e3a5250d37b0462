import { type Surroundings, surroundings } from '#lib/config/config.ts';
import type { Audience } from '#lib/domain/plane.ts';

/** What to ask for: everything an administrator consented to, and nothing that would prompt for more. */
export function scopeOf(audience: Audience, from: Surroundings = surroundings()): string {
  // The emulator serves both at its own address, but its tokens name the resources as Azure does.
  if (from.sandbox)
    return `https://${audience === 'graph' ? 'graph.microsoft.com' : 'management.azure.com'}/.default`;
  return `${audience === 'graph' ? from.graphOrigin : from.armOrigin}/.default`;
}
