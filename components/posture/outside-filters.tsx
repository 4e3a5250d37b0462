import { Labelled } from '#components/ui/labelled.tsx';
import { outsideKindNames, outsideKinds } from '#lib/domain/outside-role.ts';

interface Props {
  /** The page's own query, as the URL has it. */
  query: Record<string, string | string[] | undefined>;
}

/** Filters as a plain form: the URL is the state, to keep and to send around. */
export function OutsideFilters({ query }: Props) {
  const typed = (name: string) => {
    const value = query[name];
    return typeof value === 'string' ? value : '';
  };
  return (
    <form
      action="/posture/outside-roles"
      className="mb-4 grid grid-cols-2 items-end gap-x-3 gap-y-2 sm:flex sm:flex-wrap"
    >
      <Labelled label="Kind">
        <select className="input" defaultValue={typed('kind')} name="kind">
          <option value="">All</option>
          {outsideKinds.map((kind) => (
            <option key={kind} value={kind}>
              {outsideKindNames[kind]}
            </option>
          ))}
        </select>
      </Labelled>
      <Labelled label="Held by">
        <input className="input" defaultValue={typed('principal')} name="principal" />
      </Labelled>
      <Labelled label="What or over what">
        <input className="input" defaultValue={typed('over')} name="over" />
      </Labelled>
      <div className="flex gap-1">
        <button className="btn" type="submit">
          Filter
        </button>
        <a className="btn btn-quiet" href="/posture/outside-roles">
          Clear
        </a>
      </div>
    </form>
  );
}
