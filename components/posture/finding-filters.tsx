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

/** Filters as a plain form: the URL is the state, to keep and to send around. */
export function FindingFilters({ query }: Props) {
  const typed = (name: string) => {
    const value = query[name];
    return typeof value === 'string' ? value : '';
  };
  return (
    <form
      action="/posture/findings"
      className="mb-4 grid grid-cols-2 items-end gap-x-3 gap-y-2 sm:flex sm:flex-wrap"
    >
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
      <div className="flex gap-1">
        <button className="btn" type="submit">
          Filter
        </button>
        <a className="btn btn-quiet" href="/posture/findings">
          Clear
        </a>
      </div>
    </form>
  );
}
