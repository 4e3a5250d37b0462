'use client';

import { Ago } from '#components/ui/ago.tsx';
import { localWords, utcWords } from '#components/ui/moment-words.ts';
import { useAlive } from '#components/ui/use-alive.ts';
import { WindowBar } from '#components/ui/window-bar.tsx';
import type { Terms } from '#lib/domain/approval.ts';
import type { Outcome } from '#lib/domain/refusal.ts';
import { inWords } from '#lib/domain/time.ts';
import type { OpenOffer } from '#lib/queries/talk-rows.ts';
import { ActionButton } from './action-button.tsx';
import { changesOf } from './offer-words.ts';

export type AnswerOffer = (answer: { requestId: string; offerId: string }) => Promise<Outcome<null>>;

interface Props {
  requestId: string;
  asked: Terms;
  offer: OpenOffer;
  now: Date;
  /** For the requester, who takes it or not; null for everybody else. */
  verbs: { accept: AnswerOffer; decline: AnswerOffer } | null;
}

/** What was offered instead: what changes, why, and one click to take it. */
export function OfferNote({ requestId, asked, offer, now, verbs }: Props) {
  const alive = useAlive();
  const { id: offerId, byName, terms, reason, signs, at } = offer;
  const changes = changesOf(asked, terms, alive ? localWords : utcWords);
  const answer = { requestId, offerId };
  return (
    <section aria-label="Offer" className="grid grid-cols-1 gap-2.5 rounded-lg border border-accent p-3">
      <p>
        <bdi className="font-[550]">{byName}</bdi> offers less{' '}
        <span className="text-faint text-xs">
          <Ago at={at} now={now} />
        </span>
      </p>
      <WindowBar
        kind="ask"
        lead={inWords(terms.minutes)}
        part={terms.minutes / asked.minutes}
        rest={`of ${inWords(asked.minutes)} asked`}
      />
      <ul className="grid gap-0.5 text-sm">
        {changes.map(({ what, from, to }) => (
          <li className="wrap-anywhere" key={what}>
            <span className="text-faint">{what}: </span>
            <span className="font-[550]">{to}</span> <span className="text-soft">instead of {from}</span>
          </li>
        ))}
      </ul>
      <p className="wrap-anywhere whitespace-pre-line text-sm text-soft" dir="auto">
        “{reason}”
      </p>
      <p className="text-faint text-xs">
        {signs
          ? `Taken, it counts as ${byName}’s signature too. `
          : `Taken, it still has to be signed, also by ${byName}. `}
        Signatures that fit it stay. The request goes on waiting as it is until it is taken.
      </p>
      {verbs && (
        <div className="flex flex-wrap items-start gap-2">
          <ActionButton label="Accept" look="btn btn-go" run={verbs.accept.bind(null, answer)} />
          <ActionButton label="Decline" run={verbs.decline.bind(null, answer)} />
        </div>
      )}
    </section>
  );
}
