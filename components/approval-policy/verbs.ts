import type { Outcome } from '#lib/domain/refusal.ts';
import type { KnownKind, KnownThing, TrialAnswer, TrialRole } from '#lib/queries/approval-policy-rows.ts';

export type Find = (asked: { kind: KnownKind; text: string }) => Promise<Outcome<KnownThing[]>>;

/** What the page of the policy can ask its server for; a policy travels as JSON. */
export interface PolicyVerbs {
  find: Find;
  findEligible: (asked: { personId: string }) => Promise<Outcome<TrialRole[]>>;
  read: (asked: { text: string }) => Promise<Outcome<{ document: string }>>;
  save: (asked: { document: string; note: string; version: number }) => Promise<Outcome<null>>;
  tryIt: (asked: {
    personId: string;
    role: TrialRole;
    minutes: number;
    startsAt: string | null;
    ticketNumber: string;
    policy: string | null;
  }) => Promise<Outcome<TrialAnswer>>;
}
