/** What people put together for themselves, as screens show it. */
import type { PolicyFacts } from '#lib/domain/policy.ts';
import type { NamedRole } from './rows.ts';

export interface BundleRole extends NamedRole {
  /** Its own length; null: what the viewer usually takes. */
  minutes: number | null;
  /** Groups that would give the viewer the eligibility, were they asked for with it. */
  givers: { key: string; name: string }[];
  /** Known for what a group gives; what one is eligible for brings its own. */
  policy: PolicyFacts | null;
}

export interface Bundle {
  id: string;
  name: string;
  version: number;
  ownerName: string;
  shared: boolean;
  /** The viewer may change it. */
  keeps: boolean;
  roles: BundleRole[];
  /** With whom, told to who keeps it. */
  shares: { name: string; isGroup: boolean }[];
}

/** A reason given before, and for which roles last. */
export interface RecentReason {
  text: string;
  keys: string[];
}
