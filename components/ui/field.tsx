import type { ReactNode } from 'react';

interface Props {
  id: string;
  label: string;
  hint?: string | null;
  error?: string | undefined;
  children: (aria: {
    id: string;
    'aria-invalid': boolean | undefined;
    'aria-describedby': string | undefined;
  }) => ReactNode;
}

/** A labelled field with its hint and, when something is wrong, what to do about it. */
export function Field({ id, label, hint = null, error, children }: Props) {
  const described = [error && `${id}-error`, hint && `${id}-hint`].filter(Boolean).join(' ');
  return (
    <div className="grid grid-cols-1 content-start gap-1">
      <label className="font-[550] text-sm" htmlFor={id}>
        {label}
      </label>
      {children({
        id,
        'aria-invalid': error ? true : undefined,
        'aria-describedby': described || undefined,
      })}
      {error && (
        <p className="text-sm text-warn" id={`${id}-error`}>
          {error}
        </p>
      )}
      {hint && (
        <p className="text-faint text-xs" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}
