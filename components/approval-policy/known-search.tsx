import { useState } from 'react';
import { Field } from '#components/ui/field.tsx';
import { planeNames } from '#lib/domain/plane.ts';
import type { KnownKind, KnownThing } from '#lib/queries/approval-policy-rows.ts';
import { useFinds } from './use-finds.ts';
import type { Find } from './verbs.ts';

interface Props {
  id: string;
  label: string;
  hint?: string | null;
  error?: string | undefined;
  kind: KnownKind;
  find: Find;
  /** What the button of each find says. */
  verb?: string;
  onAdd: (thing: KnownThing) => void;
}

/** Finds what a rule can name by a part of its name, or by its id; what Stint does not know cannot be chosen. */
export function KnownSearch({ id, label, hint, error, kind, find, verb = 'Add', onAdd }: Props) {
  const [typed, setTyped] = useState('');
  const found = useFinds(find, kind, typed);
  const add = (thing: KnownThing) => {
    setTyped('');
    onAdd(thing);
  };
  return (
    <div className="grid grid-cols-1 gap-1.5">
      <Field error={error} hint={hint ?? 'a part of the name, or the id'} id={id} label={label}>
        {(aria) => (
          <input
            {...aria}
            autoComplete="off"
            className="input"
            maxLength={200}
            onChange={(event) => setTyped(event.target.value)}
            onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
            spellCheck={false}
            value={typed}
          />
        )}
      </Field>
      <div role="status">
        {found?.length === 0 && (
          <p className="text-soft text-sm">
            Stint knows nothing like “{typed.trim()}”. The tenant is read anew once a day.
          </p>
        )}
      </div>
      {found && found.length > 0 && (
        <ul aria-label={`Found for ${label}`} className="panel divide-y divide-line px-3">
          {found.map((thing) => (
            <li className="flex items-center justify-between gap-3 py-1.5" key={`${thing.plane} ${thing.id}`}>
              <Known thing={thing} />
              <button className="btn btn-small shrink-0" onClick={() => add(thing)} type="button">
                {verb}
                <span className="sr-only"> {thing.name}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Known({ thing: { name, note, id, plane } }: { thing: KnownThing }) {
  const more = [plane ? planeNames[plane] : note, note === id ? '' : id].filter(Boolean);
  return (
    <p className="wrap-anywhere min-w-0 text-sm">
      {name} <span className="block text-faint text-xs">{more.join(' · ')}</span>
    </p>
  );
}
