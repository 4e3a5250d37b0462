import { FilterForm } from '#components/ui/filter-form.tsx';
import { Labelled } from '#components/ui/labelled.tsx';
import { itemDecisions } from '#lib/domain/campaign.ts';
import { decisionNames } from '#lib/domain/review-words.ts';
import type { AllItemsFilter } from '#lib/queries/review-rows.ts';

export function AllItemsFilters({ action, filter }: { action: string; filter: AllItemsFilter }) {
  return (
    <FilterForm action={action}>
      <Labelled label="Show">
        <select className="input" defaultValue={filter.state ?? ''} name="state">
          <option value="">All</option>
          <option value="undecided">Undecided</option>
          <option value="draft">Drafts</option>
          <option value="submitted">Submitted</option>
          <option value="silence">Decided by silence</option>
        </select>
      </Labelled>
      <Labelled label="Decision">
        <select className="input" defaultValue={filter.decision ?? ''} name="decision">
          <option value="">All</option>
          {itemDecisions.map((decision) => (
            <option key={decision} value={decision}>
              {decisionNames[decision]}
            </option>
          ))}
        </select>
      </Labelled>
      <Labelled label="Name, role, scope or reviewer">
        <input className="input" defaultValue={filter.text ?? ''} name="text" />
      </Labelled>
    </FilterForm>
  );
}
