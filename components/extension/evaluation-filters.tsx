import { FilterForm } from '#components/ui/filter-form.tsx';
import { Labelled } from '#components/ui/labelled.tsx';
import { evaluationOutcomes, evaluationStages, outcomeNames, stageNames } from '#lib/domain/evaluation.ts';
import { planeNames, planes } from '#lib/domain/plane.ts';

interface Props {
  /** The page's own query, as the URL has it. */
  query: Record<string, string | string[] | undefined>;
}

export function EvaluationFilters({ query }: Props) {
  const typed = (name: string) => {
    const value = query[name];
    return typeof value === 'string' ? value : '';
  };
  const choices: [name: string, label: string, options: [value: string, label: string][]][] = [
    ['outcome', 'Answer', evaluationOutcomes.map((one) => [one, outcomeNames[one]])],
    ['plane', 'Plane', planes.map((one) => [one, planeNames[one]])],
    ['stage', 'Asked', evaluationStages.map((one) => [one, stageNames[one]])],
  ];
  return (
    <FilterForm action="/operations/evaluations">
      <Labelled label="Person">
        <input className="input" defaultValue={typed('person')} name="person" />
      </Labelled>
      <Labelled label="Role or scope">
        <input className="input" defaultValue={typed('role')} name="role" />
      </Labelled>
      {choices.map(([name, label, options]) => (
        <Labelled key={name} label={label}>
          <select className="input" defaultValue={typed(name)} name={name}>
            <option value="">All</option>
            {options.map(([value, words]) => (
              <option key={value} value={value}>
                {words}
              </option>
            ))}
          </select>
        </Labelled>
      ))}
    </FilterForm>
  );
}
