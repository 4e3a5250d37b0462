import { Labelled } from '#components/ui/labelled.tsx';

interface Props<Option extends string> {
  label: string;
  name: string;
  value: string;
  options: readonly Option[];
  names: Record<Option, string>;
  /** What no choice is called; null: one is always chosen. */
  none?: string | null;
}

/** One of several as a filter. */
export function Choice<Option extends string>({
  label,
  name,
  value,
  options,
  names,
  none = 'All',
}: Props<Option>) {
  return (
    <Labelled label={label}>
      <select className="input" defaultValue={value} name={name}>
        {none !== null && <option value="">{none}</option>}
        {options.map((option) => (
          <option key={option} value={option}>
            {names[option]}
          </option>
        ))}
      </select>
    </Labelled>
  );
}
