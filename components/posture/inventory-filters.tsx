import { FilterForm } from '#components/ui/filter-form.tsx';
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

export function InventoryFilters({ query }: Props) {
  const typed = (name: string) => {
    const value = query[name];
    return typeof value === 'string' ? value : '';
  };
  return (
    <FilterForm action="/posture/inventory">
      <Labelled label="Held by">
        <input className="input" defaultValue={typed('principal')} name="principal" />
      </Labelled>
      <Labelled label="Role or scope">
        <input className="input" defaultValue={typed('role')} name="role" />
      </Labelled>
      <Labelled label="Takes effect at">
        <input
          className="input"
          defaultValue={typed('at')}
          name="at"
          placeholder="subscription or management group"
        />
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
    </FilterForm>
  );
}
