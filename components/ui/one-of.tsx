import { type ReactNode, useId } from 'react';

interface Props<Option extends string> {
  legend: string;
  hint?: string;
  error?: string | undefined;
  options: readonly { value: Option; name: string; what: string }[];
  value: Option;
  onValue: (value: Option) => void;
  children?: ReactNode;
}

/** One of a few that each need a sentence, as radio buttons. */
export function OneOf<Option extends string>({
  legend,
  hint,
  error,
  options,
  value,
  onValue,
  children,
}: Props<Option>) {
  const id = useId();
  return (
    <fieldset aria-describedby={[error && `${id}-error`, hint && id].filter(Boolean).join(' ') || undefined}>
      <legend className="font-[550] text-sm">{legend}</legend>
      {options.map((option) => (
        <label className="flex items-start gap-1.5 py-1 text-sm" key={option.value}>
          <input
            checked={value === option.value}
            className="check shrink-0"
            name={id}
            onChange={() => onValue(option.value)}
            type="radio"
          />
          <span className="pt-0.5">
            {option.name} <span className="text-faint text-xs">{option.what}</span>
          </span>
        </label>
      ))}
      {children}
      {error && (
        <p className="text-sm text-warn" id={`${id}-error`}>
          {error}
        </p>
      )}
      {hint && (
        <p className="text-faint text-xs" id={id}>
          {hint}
        </p>
      )}
    </fieldset>
  );
}
