'use client';

import { ChevronDown, ChevronUp } from 'lucide-react';
import { type SyntheticEvent, useState } from 'react';
import { RefusalNote } from '#components/requests/refusal-note.tsx';
import { Notice } from '#components/ui/notice.tsx';
import type { RequestRow } from '#lib/queries/rows.ts';
import { ReasonField } from './reason-field.tsx';
import { Results } from './results.tsx';
import { SheetMore } from './sheet-more.tsx';
import { SheetRole } from './sheet-role.tsx';
import { StagesAhead } from './stages-ahead.tsx';
import { TicketField } from './ticket-field.tsx';
import type { Activation } from './use-activation.ts';
import { useCaret } from './use-caret.ts';
import { WhenFields } from './when-fields.tsx';

/** The form for all chosen roles, and the result of each as it happens. On a phone it comes from below. */
export function ActivationSheet({ activation, recent }: { activation: Activation; recent: RequestRow[] }) {
  const [small, setSmall] = useState(false);
  const { chosen, sent } = activation;
  const title = `Activate ${chosen.length} ${chosen.length === 1 ? 'role' : 'roles'}`;
  const Arrow = small ? ChevronUp : ChevronDown;
  return (
    <aside
      aria-label={chosen.length > 0 ? 'Your request' : 'Results'}
      data-sheet=""
      className="fixed inset-x-0 bottom-0 z-20 max-h-[58dvh] scroll-pb-20 overflow-auto overscroll-contain rounded-t-xl border border-line-2 bg-sheet p-4 shadow-float lg:sticky lg:inset-auto lg:top-6 lg:mt-[25px] lg:max-h-[calc(100dvh-3rem)] lg:rounded-xl lg:p-[18px]"
    >
      {sent.length > 0 && (
        <Results alone={chosen.length === 0} onDone={activation.forgetSent} recent={recent} sent={sent} />
      )}
      {chosen.length > 0 && (
        <>
          <div className="flex items-center justify-between gap-2">
            <h2 className="font-semibold text-lg">{title}</h2>
            <button
              aria-expanded={!small}
              aria-label={small ? 'Show the form' : 'Make room for the list'}
              className="btn btn-quiet btn-small lg:hidden"
              onClick={() => setSmall(!small)}
              type="button"
            >
              <Arrow aria-hidden="true" className="size-4" />
            </button>
          </div>
          <div className={small ? 'hidden lg:block' : ''}>
            <Ask activation={activation} />
          </div>
        </>
      )}
    </aside>
  );
}

function Ask({ activation }: { activation: Activation }) {
  const { chosen, refusals, pending } = activation;
  useCaret(activation);
  const send = (event: SyntheticEvent) => {
    event.preventDefault();
    if (!pending) activation.submit();
  };
  return (
    <form className="mt-2 grid grid-cols-1 gap-3.5" noValidate onSubmit={send}>
      <ul className="grid grid-cols-1 gap-1.5">
        {chosen.map((role) => (
          <SheetRole key={role.key} brief={chosen.length > 2} activation={activation} role={role} />
        ))}
      </ul>
      <StagesAhead activation={activation} />
      <ReasonField activation={activation} onSend={send} />
      <TicketField activation={activation} />
      <WhenFields activation={activation} />
      <SheetMore activation={activation} />
      {/* In sight however many roles are chosen. */}
      <div className="sticky -bottom-4 -mx-4 -mb-4 grid grid-cols-1 gap-2.5 border-line border-t bg-sheet px-4 py-3 lg:-bottom-[18px] lg:-mx-[18px] lg:-mb-[18px] lg:px-[18px]">
        {refusals.whole &&
          (refusals.whole.code ? (
            <RefusalNote code={refusals.whole.code} message={refusals.whole.message} />
          ) : (
            <Notice alert>{refusals.whole.message}</Notice>
          ))}
        <div className="flex items-center gap-3">
          <button aria-disabled={pending} className="btn btn-go" id="ask-send" type="submit">
            Activate
          </button>
          <span className="text-faint text-xs" role="status">
            {pending ? 'Sending…' : ''}
          </span>
        </div>
      </div>
    </form>
  );
}
