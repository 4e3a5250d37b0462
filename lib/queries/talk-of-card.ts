import type { requests } from '#db/schema/requests.ts';
import { termsOf } from '#lib/domain/terms-of.ts';
import type { TalkFacts } from './talk-rows.ts';
import type { talksOf } from './talks.ts';

type Talk = ReturnType<Awaited<ReturnType<typeof talksOf>>>;

/** What somebody who may sign this stage, and has not, needs to say something about it. */
export function talkFacts(
  request: typeof requests.$inferSelect,
  stage: number,
  { offer, thread, watching, seats }: Talk,
): TalkFacts {
  const seat = seats.find((one) => one.stage === stage);
  return {
    ...{ asked: termsOf(request), hasPlaces: request.plane === 'azure', offer, thread, watching },
    mayHandOver: seat !== undefined && seat.forId === null,
    handedToName: seat?.handedToName ?? null,
  };
}
