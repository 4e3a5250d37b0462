'use client';

import { useEffect, useState } from 'react';
import { Field } from '#components/ui/field.tsx';
import type { TalkVerbs } from './talk-verbs.ts';

interface Props {
  id: string;
  requestId: string;
  /** Where it is asked for. */
  asked: string;
  load: TalkVerbs['places'];
  value: string;
  onValue: (scopeId: string) => void;
  error: string | undefined;
}

/** Places below the one asked for, as far as Azure told the requester of them. */
export function PlaceChoice({ id, requestId, asked, load, value, onValue, error }: Props) {
  const [places, setPlaces] = useState<{ id: string; path: string }[] | null>(null);
  useEffect(() => {
    let isHere = true;
    load(requestId)
      .then((answer) => isHere && setPlaces(answer.ok ? answer.value : []))
      .catch(() => isHere && setPlaces([]));
    return () => {
      isHere = false;
    };
  }, [load, requestId]);
  const none =
    places?.length === 0 ? 'Stint knows no place below it: the requester has not looked there yet.' : null;
  return (
    <Field error={error} hint={none} id={id} label="Where">
      {(aria) => (
        <select
          {...aria}
          className="input min-w-0"
          onChange={(event) => onValue(event.target.value)}
          value={value}
        >
          <option value="">{asked}, as asked</option>
          {places?.map((place) => (
            <option key={place.id} value={place.id}>
              {place.path}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
