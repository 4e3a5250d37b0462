import { useState } from 'react';
import { parseDuration } from '#components/access/parse-duration.ts';
import { Field } from '#components/ui/field.tsx';
import { inWords } from '#lib/domain/time.ts';

interface Props {
  id: string;
  label: string;
  hint?: string;
  error?: string | undefined;
  minutes: number | null;
  onMinutes: (minutes: number | null) => void;
}

/** A length as people write it, `2 h` or `90 min`; empty: none. */
export function LengthField({ id, label, hint, error, minutes, onMinutes }: Props) {
  const [typed, setTyped] = useState<string | null>(null);
  const shown = typed ?? (minutes === null ? '' : inWords(minutes));
  const isUnread = typed !== null && typed.trim() !== '' && parseDuration(typed) === null;
  const no = isUnread ? 'Write a length such as 2 h or 90 min.' : error;
  return (
    <Field error={no} hint={hint ?? null} id={id} label={label}>
      {(aria) => (
        <input
          {...aria}
          autoComplete="off"
          className="input min-w-0"
          onBlur={() => !isUnread && setTyped(null)}
          onChange={(event) => {
            setTyped(event.target.value);
            onMinutes(parseDuration(event.target.value));
          }}
          placeholder="2 h"
          value={shown}
        />
      )}
    </Field>
  );
}
