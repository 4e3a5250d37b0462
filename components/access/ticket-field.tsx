import { Field } from '#components/ui/field.tsx';
import { longestTicket } from '#lib/domain/policy.ts';
import { askers } from './chosen-policy.ts';
import type { Activation } from './use-activation.ts';

/** The ticket, once for all chosen roles, where any of them asks. */
export function TicketField({ activation }: { activation: Activation }) {
  const { chosen, policy, form, refusals, type } = activation;
  if (!policy.ticket) return null;
  return (
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
  );
}
