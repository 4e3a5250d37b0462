import { Field } from '#components/ui/field.tsx';

interface Props {
  id: string;
  label: string;
  hint: string;
  error: string | undefined;
  value: string;
  onValue: (value: string) => void;
  placeholder?: string;
}

/** One line of text about a ticket system. */
export function TicketText({ id, label, hint, error, value, onValue, placeholder }: Props) {
  return (
    <Field error={error} hint={hint} id={`ticket-${id}`} label={label}>
      {(aria) => (
        <input
          {...aria}
          autoComplete="off"
          className="input"
          maxLength={200}
          onChange={(event) => onValue(event.target.value)}
          placeholder={placeholder}
          spellCheck={false}
          value={value}
        />
      )}
    </Field>
  );
}
