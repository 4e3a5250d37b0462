import { KnownSearch } from '#components/approval-policy/known-search.tsx';
import type { Find } from '#components/approval-policy/verbs.ts';
import type { Named } from '#lib/domain/approval-policy.ts';

interface Props {
  people: Named[];
  error: string | undefined;
  find: Find;
  onPeople: (people: Named[]) => void;
}

/** Who takes over from whom, in order; somebody may have two turns. */
export function TurnOrder({ people, error, find, onPeople }: Props) {
  const move = (from: number, to: number) => {
    const [person] = people.slice(from, from + 1);
    if (person) onPeople(people.toSpliced(from, 1).toSpliced(to, 0, person));
  };
  return (
    <div className="grid grid-cols-1 gap-2">
      <KnownSearch
        error={error}
        find={find}
        hint="in the order in which they take over, then from the first again"
        id="duty-people"
        kind="person"
        label="People"
        onAdd={({ id, name }) => onPeople([...people, { id, name }])}
      />
      {people.length > 0 && (
        <ol aria-label="Order of turns" className="panel divide-y divide-line px-3 text-sm">
          {people.map(({ id, name }, n) => (
            <li
              className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1 py-1.5"
              key={`${id} ${people.slice(0, n).filter((one) => one.id === id).length}`}
            >
              <span className="wrap-anywhere min-w-0">
                <span className="text-faint">{n + 1}.</span> {name}
              </span>
              <span className="flex gap-1.5">
                <button
                  aria-label={`Move ${name} up`}
                  className="btn btn-small"
                  disabled={n === 0}
                  onClick={() => move(n, n - 1)}
                  type="button"
                >
                  ↑
                </button>
                <button
                  className="btn btn-small"
                  onClick={() => onPeople(people.toSpliced(n, 1))}
                  type="button"
                >
                  Remove<span className="sr-only"> turn {n + 1}</span>
                </button>
              </span>
            </li>
          ))}
        </ol>
      )}
    </div>
  );
}
