import { FilterForm } from '#components/ui/filter-form.tsx';
import { Labelled } from '#components/ui/labelled.tsx';
import { outsideKindNames, outsideKinds } from '#lib/domain/outside-role.ts';

interface Props {
  /** The page's own query, as the URL has it. */
  query: Record<string, string | string[] | undefined>;
}

export function OutsideFilters({ query }: Props) {
  const typed = (name: string) => {
    const value = query[name];
    return typeof value === 'string' ? value : '';
  };
  return (
    <FilterForm action="/posture/outside-roles">
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
    </FilterForm>
  );
}
