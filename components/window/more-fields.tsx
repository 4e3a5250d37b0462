import { Field } from '#components/ui/field.tsx';
import { WindowSlider } from '#components/ui/window-slider.tsx';
import { longestJustification, longestTicket, type PolicyFacts, unknownPolicy } from '#lib/domain/policy.ts';
import { inWords } from '#lib/domain/time.ts';
import type { MoreForm } from './use-more-form.ts';

interface Props {
  form: Pick<MoreForm, 'duration' | 'setDuration' | 'minutes' | 'texts' | 'type' | 'faults'>;
  policy: PolicyFacts | null;
  longestMinutes: number;
  /** The ticket is what this is about, whatever policy asks. */
  ticketFirst?: boolean;
}

/** How long, why and for which ticket. */
export function MoreFields({ form, policy, longestMinutes, ticketFirst = false }: Props) {
  const { duration, setDuration, minutes, texts, type, faults } = form;
  const rules = policy ?? unknownPolicy;
  const ticket = (ticketFirst || rules.ticket || texts.ticketNumber !== '') && (
    <Field error={faults.ticketNumber} id="more-ticket" label={ticketFirst ? 'Other ticket' : 'Ticket'}>
      {(aria) => (
        <input
          {...aria}
          autoComplete="off"
          className="input"
          maxLength={longestTicket}
          onChange={(event) => type('ticketNumber', event.target.value)}
          placeholder="CHG0090311"
          value={texts.ticketNumber}
        />
      )}
    </Field>
  );
  return (
    <>
      {ticketFirst && ticket}
      <Field
        error={faults.minutes}
        hint={policy ? `policy allows ${inWords(rules.maximumMinutes)}` : 'PIM decides how long is allowed'}
        id="more-duration"
        label="Duration"
      >
        {(aria) => (
          <div className="grid grid-cols-[7rem_minmax(0,1fr)] items-center gap-3">
            <input
              {...aria}
              autoComplete="off"
              className="input"
              onChange={(event) => setDuration(event.target.value)}
              value={duration}
            />
            <WindowSlider
              longestMinutes={longestMinutes}
              minutes={minutes ?? longestMinutes}
              onMinutes={(next) => setDuration(inWords(next))}
            />
          </div>
        )}
      </Field>
      {rules.justification && (
        <Field error={faults.justification} id="more-justification" label="Justification">
          {(aria) => (
            <textarea
              {...aria}
              className="input"
              maxLength={longestJustification}
              onChange={(event) => type('justification', event.target.value)}
              rows={2}
              value={texts.justification}
            />
          )}
        </Field>
      )}
      {!ticketFirst && ticket}
    </>
  );
}
