import type { Say } from '#components/requests/say-form.tsx';
import type { Watch } from '#components/requests/watch-button.tsx';
import type { Outcome } from '#lib/domain/refusal.ts';

/** What can be said about a request by who may sign it, besides yes and no. */
export interface TalkVerbs {
  offer: (offer: {
    requestId: string;
    shownStage: number;
    minutes?: number | undefined;
    scopeId?: string | undefined;
    startsAt?: string | undefined;
    reason: string;
    signs: boolean;
  }) => Promise<Outcome<null>>;
  /** Places below the request’s own, with the names on the way to each. */
  places: (requestId: string) => Promise<Outcome<{ id: string; path: string }[]>>;
  ask: Say;
  handOver: (hand: { requestId: string; to: string; reason: string }) => Promise<Outcome<null>>;
  watch: Watch;
}
