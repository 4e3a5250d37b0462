import type { Named } from '#lib/domain/approval-policy.ts';
import type { KnownKind } from '#lib/queries/approval-policy-rows.ts';
import { KnownSearch } from './known-search.tsx';
import { NamedList } from './named-list.tsx';
import type { Find } from './verbs.ts';

interface Props {
  id: string;
  label: string;
  hint?: string;
  error?: string | undefined;
  kind: KnownKind;
  find: Find;
  chosen: readonly Named[];
  onChosen: (chosen: Named[]) => void;
}

/** Several people, groups, scopes or schedules, found by search. */
export function NamedField({ chosen, onChosen, ...search }: Props) {
  return (
    <div className="grid grid-cols-1 gap-1.5">
      <KnownSearch
        {...search}
        onAdd={({ id, name }) => onChosen([...chosen.filter((one) => one.id !== id), { id, name }])}
      />
      <NamedList
        chosen={chosen}
        label={`Chosen: ${search.label}`}
        onRemove={(id) => onChosen(chosen.filter((one) => one.id !== id))}
      />
    </div>
  );
}
