import { OneOf } from '#components/ui/one-of.tsx';
import { type TicketKind, type TicketRules, ticketKindFacts } from '#lib/domain/ticket-system.ts';
import { TicketCheckbox } from './ticket-checkbox.tsx';

interface Props {
  kind: TicketKind;
  rules: TicketRules;
  onRules: (rules: TicketRules) => void;
}

/** What a ticket of this system has to be, and what Stint does about it: only what its kind can tell. */
export function TicketRuleFields({ kind, rules, onRules }: Props) {
  const { tells, comments } = ticketKindFacts[kind];
  const rule = (name: keyof TicketRules & string, label: string, what: string) => (
    <TicketCheckbox
      checked={rules[name] === true}
      label={label}
      onChecked={(checked) => onRules({ ...rules, [name]: checked })}
      what={what}
    />
  );
  return (
    <>
      <fieldset>
        <legend className="font-[550] text-sm">A ticket has to be</legend>
        {rule('mustBeOpen', 'open', 'not closed, resolved or cancelled')}
        {tells.includes('assignee') &&
          rule('mustBeAssigned', 'assigned to who asks', 'or to a group they are in, by its name in Entra')}
        {tells.includes('window') &&
          rule('mustBeInWindow', 'inside its planned window', 'for changes: the access starts within it')}
        {tells.includes('affected') &&
          rule('mustNameScope', 'about the scope', 'where it names what is affected')}
      </fieldset>
      <OneOf
        legend="When the system does not answer"
        onValue={(whenUnreachable) => onRules({ ...rules, whenUnreachable })}
        options={[
          {
            value: 'allow',
            name: 'Go on',
            what: 'the request says that its ticket was not checked; it is checked once the system answers',
          },
          { value: 'refuse', name: 'Refuse', what: 'nobody gets access with a ticket nobody looked at' },
        ]}
        value={rules.whenUnreachable}
      />
      <fieldset>
        <legend className="font-[550] text-sm">Afterwards</legend>
        {rule(
          'markWhenClosed',
          'Mark access whose ticket is closed',
          'looked at when it starts and while it is on; the person and administrators are asked to end it. Stint cannot: it keeps nobody’s sign-in',
        )}
        {comments &&
          rule('comments', 'Write a comment into the ticket', 'when access begins and when it ends')}
      </fieldset>
    </>
  );
}
