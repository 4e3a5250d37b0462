import { ChevronRight } from 'lucide-react';
import { type KeyboardEvent, useId, useState } from 'react';
import { NoNote } from '#components/requests/no-note.tsx';
import type { ScopeKind } from '#lib/domain/assignment.ts';
import type { Place } from '#lib/domain/narrower.ts';
import type { EligibleRow } from '#lib/queries/rows.ts';
import type { Activation } from './use-activation.ts';
import { usePlaces } from './use-places.ts';

interface Props {
  role: EligibleRow;
  activation: Activation;
  onDone: () => void;
}

const kinds: Partial<Record<ScopeKind, string>> = {
  management_group: 'management group',
  subscription: 'subscription',
  resource_group: 'resource group',
  resource: 'resource',
};
/** More are found by typing. */
const mostShown = 60;

/** The places below a scope, a level at a time: found as one types, walked with the arrow keys. */
export function PlacePicker({ role, activation, onDone }: Props) {
  const { timing, choose } = activation;
  const [path, setPath] = useState<Place[]>([]);
  const [typed, setTyped] = useState('');
  const here = path.at(-1)?.id ?? role.scopeId;
  const { below, no } = usePlaces(timing.openPlace, role.key, here);
  const found = (below?.places ?? []).filter(({ name }) =>
    name.toLowerCase().includes(typed.trim().toLowerCase()),
  );
  const id = useId();

  const go = (next: Place[]) => {
    setPath(next);
    setTyped('');
  };
  const take = (place: Place) => {
    choose(role.key, { narrower: { id: place.id, name: place.name } });
    onDone();
  };
  const search = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Enter') {
      event.preventDefault();
      const [first] = found;
      if (first) take(first);
    }
    if (event.key === 'Escape') onDone();
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the arrow keys go between the buttons in it.
    <div
      className="mt-1 grid grid-cols-1 gap-1.5 rounded-md border border-line bg-sheet p-2"
      onKeyDown={walk}
    >
      <nav aria-label="Where you are" className="flex flex-wrap items-center gap-x-1">
        {[{ id: role.scopeId, name: role.scopeName }, ...path].map((place, depth) => (
          <span className="flex items-center gap-x-1" key={place.id}>
            {depth > 0 && <ChevronRight aria-hidden="true" className="size-3 text-faint" />}
            {depth < path.length ? (
              <button className="link min-h-6" onClick={() => go(path.slice(0, depth))} type="button">
                {place.name}
              </button>
            ) : (
              <bdi className="font-[550]">{place.name}</bdi>
            )}
          </span>
        ))}
      </nav>
      {below?.heldAt && (
        <p className="text-warn">
          You hold this role at {below.heldAt} now: everything below it is yours already.
        </p>
      )}
      <input
        aria-label={`Find a place below ${path.at(-1)?.name ?? role.scopeName}`}
        autoComplete="off"
        // biome-ignore lint/a11y/noAutofocus: it was just opened by the person, and is what they came for.
        autoFocus
        className="input"
        data-place=""
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={search}
        placeholder="Find a place"
        type="search"
        value={typed}
      />
      <p className="text-faint" id={id} role="status">
        {no ? '' : statusWords(below, found.length)}
      </p>
      <NoNote no={no} />
      {below?.failure && <p className="text-warn">{below.failure}</p>}
      <ul aria-describedby={id} className="max-h-52 divide-y divide-line overflow-auto">
        {found.slice(0, mostShown).map((place) => (
          <li className="flex items-center justify-between gap-2" key={place.id}>
            <button
              className="min-h-8 min-w-0 flex-1 rounded-md px-1 text-left hover:bg-wash"
              data-place=""
              onClick={() => take(place)}
              title={place.id}
              type="button"
            >
              <bdi className="break-words font-[550]">{place.name}</bdi>{' '}
              <span className="text-faint">{kinds[place.kind]}</span>
            </button>
            {place.kind !== 'resource' && (
              <button
                aria-label={`Look into ${place.name}`}
                className="btn btn-quiet btn-small"
                onClick={() => go([...path, place])}
                type="button"
              >
                <ChevronRight aria-hidden="true" className="size-4" />
              </button>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

function statusWords(below: { reading: boolean; places: Place[] } | null, found: number): string {
  if (!below || (below.reading && below.places.length === 0)) return 'Asking Azure…';
  if (below.places.length === 0) return 'Nothing narrower is known here.';
  if (found === 0) return 'No place here has that in its name.';
  return found > mostShown ? `The first ${mostShown} of ${found}: type to find others.` : `${found} here`;
}

/** Up and down between the search and the places. */
function walk(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const all = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-place]')];
  const at = all.indexOf(document.activeElement as HTMLElement);
  const next = all[at + (event.key === 'ArrowDown' ? 1 : -1)];
  if (at < 0 || !next) return;
  event.preventDefault();
  next.focus();
}
