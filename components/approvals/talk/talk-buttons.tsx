'use client';

import { useState } from 'react';
import { SayForm } from '#components/requests/say-form.tsx';
import { Thread } from '#components/requests/thread.tsx';
import { WatchButton } from '#components/requests/watch-button.tsx';
import { say } from '#components/ui/toast-store.ts';
import type { TalkFacts } from '#lib/queries/talk-rows.ts';
import { HandOverForm } from './hand-over-form.tsx';
import { OfferForm } from './offer-form.tsx';
import type { TalkVerbs } from './talk-verbs.ts';

interface Props {
  requestId: string;
  requesterName: string;
  facts: TalkFacts;
  verbs: TalkVerbs;
  /** Where the page shows the thread itself. */
  quiet?: boolean;
}

type Form = 'offer' | 'ask' | 'hand-over';

/** What who may sign can say besides yes and no: offer less, ask, hand it over, watch. One form at a time. */
export function TalkButtons({ requestId, requesterName, facts, verbs, quiet = false }: Props) {
  const [open, setOpen] = useState<Form | null>(null);
  const close = () => setOpen(null);
  // Another form may have been opened while this one was on its way.
  const closed = (form: Form, told: string) => () => {
    setOpen((now) => (now === form ? null : now));
    say(told);
  };
  const { offer, thread, mayHandOver, handedToName, watching } = facts;
  const forms: [Form, string, boolean][] = [
    ['offer', 'Offer less…', true],
    ['ask', 'Ask…', true],
    ['hand-over', 'Hand over…', mayHandOver],
  ];
  return (
    <div className="grid w-full grid-cols-1 gap-2.5">
      {!quiet && offer && (
        <p className="text-sm text-soft">
          {offer.byName} offered less; {requesterName} has not answered. A new offer takes its place.
        </p>
      )}
      {!quiet && <Thread lines={thread} />}
      {handedToName && (
        <p className="text-sm text-soft">You handed it to {handedToName}. Of you two, one signs.</p>
      )}
      <div className="flex flex-wrap items-center gap-1.5">
        {forms.map(
          ([form, name, may]) =>
            may && (
              <button
                aria-expanded={open === form}
                className="btn btn-small"
                key={form}
                onClick={() => setOpen(open === form ? null : form)}
                type="button"
              >
                {name}
              </button>
            ),
        )}
        <WatchButton on={watching} requestId={requestId} watch={verbs.watch} />
      </div>
      {open === 'offer' && (
        <OfferForm
          facts={facts}
          onCancel={close}
          onSent={closed('offer', `${requesterName} was told of your offer.`)}
          requestId={requestId}
          verbs={verbs}
        />
      )}
      {open === 'ask' && (
        <SayForm
          button="Ask"
          hint={`${requesterName} is told, and whoever can sign sees it. The time until it lapses runs on.`}
          label="Your question"
          onCancel={close}
          onSent={closed('ask', `${requesterName} was asked.`)}
          requestId={requestId}
          say={verbs.ask}
        />
      )}
      {open === 'hand-over' && (
        <HandOverForm
          handOver={verbs.handOver}
          onCancel={close}
          onSent={closed('hand-over', 'It is handed over; they were told.')}
          requestId={requestId}
        />
      )}
    </div>
  );
}
