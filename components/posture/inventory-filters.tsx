import { Labelled } from '#components/ui/labelled.tsx';
import { holdingKindNames, holdingKinds } from '#lib/domain/inventory.ts';
import { planeNames, planes } from '#lib/domain/plane.ts';
import { principalKindNames, principalKinds } from '#lib/domain/principal.ts';
import { useFilterNames, useFilters } from '#lib/domain/use.ts';
import { Choice } from './choice.tsx';

interface Props {
  /** The page's own query, as the URL has it. */
  query: Record<string, string | string[] | undefined>;
}

/** Filters as a plain form: the URL is the state, to keep and to send around. */
export function InventoryFilters({ query }: Props) {
  const typed = (name: string) => {
    const value = query[name];
    return typeof value === 'string' ? value : '';
  };
  return (
    <form
      action="/posture/inventory"
      className="mb-4 grid grid-cols-2 items-end gap-x-3 gap-y-2 sm:flex sm:flex-wrap"
    >
      <Labelled label="Held by">
        <input className="input" defaultValue={typed('principal')} name="principal" />
      </Labelled>
      <Labelled label="Role or scope">
        <input className="input" defaultValue={typed('role')} name="role" />
      </Labelled>
      <Choice label="Plane" names={planeNames} name="plane" options={planes} value={typed('plane')} />
      <Choice label="How" names={holdingKindNames} name="kind" options={holdingKinds} value={typed('kind')} />
      <Choice
        label="Principal"
        names={principalKindNames}
        name="principalKind"
        options={principalKinds}
        value={typed('principalKind')}
      />
      <Choice label="Use" names={useFilterNames} name="use" options={useFilters} value={typed('use')} />
      <div className="flex gap-1">
        <button className="btn" type="submit">
          Filter
        </button>
        <a className="btn btn-quiet" href="/posture/inventory">
          Clear
        </a>
      </div>
    </form>
  );
}
