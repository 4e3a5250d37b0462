import { FilterForm } from '#components/ui/filter-form.tsx';
import { Labelled } from '#components/ui/labelled.tsx';
import {
  findingKindNames,
  findingKinds,
  findingStateNames,
  findingStates,
  riskLevels,
  riskNames,
} from '#lib/domain/finding.ts';
import { Choice } from './choice.tsx';

interface Props {
  /** The page's own query, as the URL has it. */
  query: Record<string, string | string[] | undefined>;
}

export function FindingFilters({ query }: Props) {
  const typed = (name: string) => {
    const value = query[name];
    return typeof value === 'string' ? value : '';
  };
  return (
    <FilterForm action="/posture/findings">
      <Labelled label="In the title">
        <input className="input" defaultValue={typed('text')} name="text" />
      </Labelled>
      <Choice
        label="Kind"
        name="kind"
        names={findingKindNames}
        options={findingKinds}
        value={typed('kind')}
      />
      <Choice label="Risk" name="risk" names={riskNames} options={riskLevels} value={typed('risk')} />
      <Choice
        label="State"
        name="state"
        names={findingStateNames}
        none={null}
        options={findingStates}
        value={typed('state') || 'open'}
      />
      <Labelled label="Taken on by">
        <input className="input" defaultValue={typed('assignee')} list="assignee-words" name="assignee" />
        <datalist id="assignee-words">
          <option value="me" />
          <option value="nobody" />
        </datalist>
      </Labelled>
    </FilterForm>
  );
}
