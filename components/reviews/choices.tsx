import { useId } from 'react';

interface Props<Option extends string> {
  legend: string;
  hint: string;
  error?: string | undefined;
  options: readonly Option[];
  names: Record<Option, string>;
  chosen: readonly Option[];
  onChosen: (chosen: Option[]) => void;
}

/** Some of a few, as checkboxes under one name; answered in the order of the options. */
export function Choices<Option extends string>({
  legend,
  hint,
  error,
  options,
  names,
  chosen,
  onChosen,
}: Props<Option>) {
  const id = useId();
  return (
    <fieldset aria-describedby={error ? `${id}-error ${id}` : id}>
      <legend className="font-[550] text-sm">{legend}</legend>
      <div className="flex flex-wrap gap-x-4">
        {options.map((option) => (
          <label className="flex min-h-8 items-center gap-1 text-sm" key={option}>
            <input
              checked={chosen.includes(option)}
              className="check"
              onChange={(event) =>
                onChosen(
                  options.filter((one) => (one === option ? event.target.checked : chosen.includes(one))),
                )
              }
              type="checkbox"
            />
            {names[option]}
          </label>
        ))}
      </div>
      {error && (
        <p className="text-sm text-warn" id={`${id}-error`}>
          {error}
        </p>
      )}
      <p className="text-faint text-xs" id={id}>
        {hint}
      </p>
    </fieldset>
  );
}
