import { FilterForm } from '#components/ui/filter-form.tsx';
import { Labelled } from '#components/ui/labelled.tsx';
import { recommendedDecisions } from '#lib/domain/campaign.ts';
import { decisionNames } from '#lib/domain/review-words.ts';
import type { ItemFilter } from '#lib/queries/review-rows.ts';

export function ItemFilters({ action, filter }: { action: string; filter: ItemFilter }) {
  return (
    <FilterForm action={action}>
      <Labelled label="Group by">
        <select className="input" defaultValue={filter.order} name="order">
          <option value="person">Who holds it</option>
          <option value="role">Role</option>
        </select>
      </Labelled>
      <Labelled label="Show">
        <select className="input" defaultValue={filter.state ?? ''} name="state">
          <option value="">All</option>
          <option value="undecided">Undecided</option>
          <option value="draft">Drafts</option>
          <option value="submitted">Submitted</option>
        </select>
      </Labelled>
      <Labelled label="Stint would">
        <select className="input" defaultValue={filter.recommendation ?? ''} name="recommendation">
          <option value="">All</option>
          {recommendedDecisions.map((decision) => (
            <option key={decision} value={decision}>
              {decisionNames[decision]}
            </option>
          ))}
        </select>
      </Labelled>
      <Labelled label="Name, role or scope">
        <input className="input" defaultValue={filter.text ?? ''} name="text" />
      </Labelled>
    </FilterForm>
  );
}
