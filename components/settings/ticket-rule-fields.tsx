import { OneOf } from '#components/ui/one-of.tsx';
import { closedGraceMinutes } from '#lib/domain/ticket-hold.ts';
import { isAsked, type TicketKind, type TicketRules, ticketKindFacts } from '#lib/domain/ticket-system.ts';
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
      onChecked={(checked) => onRules(agreed({ ...rules, [name]: checked }, name))}
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
          'looked at when it starts and while it is on; the person and administrators are asked to end it',
        )}
        {isAsked(kind) &&
          rule(
            'endsWhenClosed',
            'End the access when its ticket closes',
            `closed at two looks, ${closedGraceMinutes} minutes apart, and no other ticket needs it. The Applier ends it where it is switched on; elsewhere the person and administrators are told. A system that does not answer ends nothing`,
          )}
        {comments &&
          rule('comments', 'Write a comment into the ticket', 'when access begins and when it ends')}
      </fieldset>
    </>
  );
}

/** Only a ticket that has to be open ends something when it closes: the rule that was touched wins. */
function agreed(rules: TicketRules, touched: keyof TicketRules): TicketRules {
  if (!rules.endsWhenClosed || rules.mustBeOpen) return rules;
  return touched === 'mustBeOpen' ? { ...rules, endsWhenClosed: false } : { ...rules, mustBeOpen: true };
}
