import { FilterForm } from '#components/ui/filter-form.tsx';
import { Labelled } from '#components/ui/labelled.tsx';
import { planeNames, planes } from '#lib/domain/plane.ts';
import { requestStatuses, statusNames } from '#lib/domain/request.ts';

interface Props {
  /** The page's own query, as the URL has it. */
  query: Record<string, string | string[] | undefined>;
  /** Only who may see others' history filters by person. */
  everyone: boolean;
}

export function Filters({ query, everyone }: Props) {
  const typed = (name: string) => {
    const value = query[name];
    return typeof value === 'string' ? value : '';
  };
  return (
    <FilterForm action="/history">
      {everyone && (
        <Labelled label="Person">
          <input className="input" defaultValue={typed('person')} name="person" />
        </Labelled>
      )}
      <Labelled label="Role or scope">
        <input className="input" defaultValue={typed('role')} name="role" />
      </Labelled>
      <Labelled label="Plane">
        <select className="input" defaultValue={typed('plane')} name="plane">
          <option value="">All</option>
          {planes.map((plane) => (
            <option key={plane} value={plane}>
              {planeNames[plane]}
            </option>
          ))}
        </select>
      </Labelled>
      <Labelled label="State">
        <select className="input" defaultValue={typed('status')} name="status">
          <option value="">All</option>
          {requestStatuses.map((status) => (
            <option key={status} value={status}>
              {statusNames[status]}
            </option>
          ))}
        </select>
      </Labelled>
      <Labelled label="From (UTC)">
        <input className="input" defaultValue={typed('from')} name="from" type="date" />
      </Labelled>
      <Labelled label="To (UTC)">
        <input className="input" defaultValue={typed('to')} name="to" type="date" />
      </Labelled>
    </FilterForm>
  );
}
