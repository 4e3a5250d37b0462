/** What lies below a scope, as the list of places shows it. */
import type { Place } from '#lib/domain/narrower.ts';
import type { PolicyFacts } from '#lib/domain/policy.ts';

export interface PlacesBelow {
  places: Place[];
  /** Azure is being asked: the list is not what it says now. */
  reading: boolean;
  failure: string | null;
  /** The role's policy at this scope itself; null: there is none to be known. */
  policy: PolicyFacts | null;
  /** The policy was read, or could not be. */
  policyRead: boolean;
  /** The viewer holds the role wider than this, now. */
  heldAt: string | null;
}
