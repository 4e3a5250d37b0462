import { useEffect, useState } from 'react';
import { RoleName } from '#components/roles/role-name.tsx';
import { choiceName } from '#components/roles/role-words.ts';
import { Field } from '#components/ui/field.tsx';
import type { NamedRole } from '#lib/queries/rows.ts';
import type { BundleVerbs } from './bundle-editor.tsx';

const restMilliseconds = 200;

/** Finds roles by a part of their name or place, to be added. */
export function AddRole({ find, onAdd }: { find: BundleVerbs['find']; onAdd: (role: NamedRole) => void }) {
  const [typed, setTyped] = useState('');
  const [found, setFound] = useState<NamedRole[] | null>(null);
  const text = typed.trim();
  useEffect(() => {
    if (text.length < 2) return setFound(null);
    let late = false;
    const timer = setTimeout(() => {
      find(text)
        .then((answer) => !late && setFound(answer.ok ? answer.value : []))
        .catch(() => !late && setFound([]));
    }, restMilliseconds);
    return () => {
      late = true;
      clearTimeout(timer);
    };
  }, [text, find]);
  return (
    <div className="grid grid-cols-1 gap-2">
      <Field hint="a part of its name or of its place" id="bundle-find" label="Add a role">
        {(aria) => (
          <input
            {...aria}
            autoComplete="off"
            className="input"
            onChange={(event) => setTyped(event.target.value)}
            onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
            value={typed}
          />
        )}
      </Field>
      <div role="status">
        {found?.length === 0 && <p className="text-soft text-sm">Nothing like “{text}” can be added.</p>}
      </div>
      {found && found.length > 0 && (
        <ul aria-label="Found roles" className="panel divide-y divide-line px-3">
          {found.map((role) => (
            <li className="flex items-center justify-between gap-3 py-1.5" key={role.key}>
              <RoleName role={role} />
              <button className="btn btn-small shrink-0" onClick={() => onAdd(role)} type="button">
                Add<span className="sr-only"> {choiceName(role)}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
