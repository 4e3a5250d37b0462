interface Props {
  label: string;
  what: string;
  checked: boolean;
  onChecked: (checked: boolean) => void;
}

/** A rule that is on or off, with what it means beside it. */
export function TicketCheckbox({ label, what, checked, onChecked }: Props) {
  return (
    <label className="flex items-start gap-1.5 py-1 text-sm">
      <input
        checked={checked}
        className="check shrink-0"
        onChange={(event) => onChecked(event.target.checked)}
        type="checkbox"
      />
      <span className="pt-0.5">
        {label} <span className="text-faint text-xs">{what}</span>
      </span>
    </label>
  );
}
