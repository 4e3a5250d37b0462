import { useState } from 'react';
import type { ApproverSet } from '#lib/domain/approval-policy.ts';
import { KnownSearch } from './known-search.tsx';
import { NamedList } from './named-list.tsx';
import type { Find } from './verbs.ts';

interface Props {
  id: string;
  label: string;
  error: string | undefined;
  sets: ApproverSet[];
  find: Find;
  onSets: (sets: ApproverSet[]) => void;
}

const kinds = {
  group: { name: 'a group', searched: 'group' },
  person: { name: 'a person', searched: 'person' },
  on_call: { name: 'whoever is on call', searched: 'schedule' },
} as const;
const roles = { manager: 'the requester’s manager', owner: 'the owner of what is asked for' } as const;

/** Who signs: anybody of any of these. */
export function SetsField({ id, label, error, sets, find, onSets }: Props) {
  const [kind, setKind] = useState<keyof typeof kinds>('group');
  const shown = sets.map((set) => ({ id: keyOf(set), name: nameOf(set), isPlain: !('id' in set) }));
  const add = (set: ApproverSet) => onSets([...sets.filter((one) => keyOf(one) !== keyOf(set)), set]);
  return (
    <fieldset className="grid grid-cols-1 gap-2">
      <legend className="mb-1 font-[550] text-sm">{label}</legend>
      <NamedList
        chosen={shown}
        label={label}
        onRemove={(key) => onSets(sets.filter((set) => keyOf(set) !== key))}
      />
      <div className="grid gap-2 sm:grid-cols-[11rem_minmax(0,1fr)]">
        <label className="grid content-start gap-1 font-[550] text-sm">
          Kind
          <select
            className="input"
            onChange={(event) => setKind(event.target.value as keyof typeof kinds)}
            value={kind}
          >
            {Object.entries(kinds).map(([value, { name }]) => (
              <option key={value} value={value}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <KnownSearch
          error={error}
          find={find}
          id={`${id}-find`}
          kind={kinds[kind].searched}
          label="Find"
          onAdd={({ id: found, name }) => add({ is: kind, id: found, name })}
        />
      </div>
      <div className="flex flex-wrap gap-1.5">
        {(['manager', 'owner'] as const)
          .filter((is) => sets.every((set) => set.is !== is))
          .map((is) => (
            <button className="btn btn-small" key={is} onClick={() => add({ is })} type="button">
              Add {roles[is]}
            </button>
          ))}
      </div>
    </fieldset>
  );
}

const keyOf = (set: ApproverSet) => ('id' in set ? set.id : set.is);

function nameOf(set: ApproverSet): string {
  if (set.is === 'manager' || set.is === 'owner') return roles[set.is];
  return set.is === 'on_call' ? `on call: ${set.name}` : set.name;
}
