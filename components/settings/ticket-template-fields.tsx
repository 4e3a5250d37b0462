import type { HttpTemplate } from '#lib/domain/ticket-system.ts';
import { TicketText } from './ticket-text.tsx';

interface Props {
  template: HttpTemplate;
  errors: Partial<Record<string, string>>;
  onTemplate: (template: HttpTemplate) => void;
}

const hints: Record<keyof HttpTemplate, [label: string, hint: string]> = {
  path: ['Path', 'Below the address, with {ticket} where the number goes, such as /tickets/{ticket}.json.'],
  key: ['Number', 'Where in the answer the ticket’s own number is. Empty: it is not compared.'],
  title: ['Title', 'Names with dots between, numbers for places in lists, such as issue.names.0.text.'],
  state: ['State', 'Where the state is, such as issue.status.'],
  assignee: ['Assigned to', 'Where the address of who works on it is. Empty: it does not tell.'],
  url: ['Link', 'Where the address for people is. Empty: none.'],
};

/** Where a system of one's own answers, and where in its JSON the facts are. */
export function TicketTemplateFields({ template, errors, onTemplate }: Props) {
  return (
    <fieldset className="grid grid-cols-1 gap-3.5">
      <legend className="mb-2 font-[550] text-sm">Its answer</legend>
      {(Object.keys(hints) as (keyof HttpTemplate)[]).map((name) => (
        <TicketText
          error={errors[name]}
          hint={hints[name][1]}
          id={name}
          key={name}
          label={hints[name][0]}
          onValue={(value) => onTemplate({ ...template, [name]: value })}
          value={template[name]}
        />
      ))}
    </fieldset>
  );
}
