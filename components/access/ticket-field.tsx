import { TicketLook } from '#components/tickets/ticket-look.tsx';
import { useTicketLook } from '#components/tickets/use-ticket-look.ts';
import { Field } from '#components/ui/field.tsx';
import { longestTicket } from '#lib/domain/policy.ts';
import { askers } from './chosen-policy.ts';
import type { Activation } from './use-activation.ts';

/** The ticket, once for all chosen roles, where any of them asks. */
export function TicketField({ activation }: { activation: Activation }) {
  return activation.policy.ticket ? <Ticket activation={activation} /> : null;
}

function Ticket({ activation }: { activation: Activation }) {
  const { chosen, form, refusals, type, checkTicket } = activation;
  const look = useTicketLook(form.ticketNumber, async (number) => {
    const startsAt = form.startsAt ? new Date(form.startsAt).toISOString() : null;
    const answer = await checkTicket({ number, startsAt });
    return answer.ok ? answer.value : null;
  });
  return (
    <div>
      <Field
        error={refusals.fields.ticketNumber}
        hint={askers(chosen, 'ticket')}
        id="ask-ticketNumber"
        label="Ticket"
      >
        {(aria) => (
          <input
            {...aria}
            autoComplete="off"
            className="input"
            maxLength={longestTicket}
            onChange={(event) => type('ticketNumber', event.target.value)}
            placeholder="CHG0090311"
            value={form.ticketNumber}
          />
        )}
      </Field>
      <TicketLook
        {...look}
        onUse={(number) => type('ticketNumber', number)}
        told={refusals.fields.ticketNumber !== undefined}
      />
    </div>
  );
}
