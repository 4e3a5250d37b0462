import Link from 'next/link';
import { RoleName } from '#components/roles/role-name.tsx';
import { choiceName } from '#components/roles/role-words.ts';
import { Chip } from '#components/ui/chip.tsx';
import { stacked } from '#components/ui/stacked.ts';
import { holdingKindNames } from '#lib/domain/inventory.ts';
import type { ItemFilter, ItemRow } from '#lib/queries/review-rows.ts';
import { DecisionState } from './decision-state.tsx';
import { EvidenceLine } from './evidence-line.tsx';
import { Holder } from './holder.tsx';
import { ItemAnswers } from './item-answers.tsx';
import type { Desk, ItemVerbs } from './use-desk.ts';

interface Props {
  row: ItemRow;
  campaignId: string;
  order: ItemFilter['order'];
  /** May be decided now. */
  isOpen: boolean;
  isSelected: boolean;
  onSelect: (isSelected: boolean) => void;
  desk: Desk;
  verbs: ItemVerbs;
}

const cell = 'block px-3.5 py-1 lg:table-cell lg:px-2.5 lg:py-3 lg:align-top';

/** One item: what, what speaks for and against it, and the decision. */
export function ItemLine({ row, campaignId, order, isOpen, isSelected, onSelect, desk, verbs }: Props) {
  const page = `/reviews/${campaignId}/items/${row.id}`;
  const name = `${choiceName(row)}, ${row.principalName}`;
  return (
    <tr
      {...stacked.row}
      className="block scroll-mt-24 border-line border-t py-2 focus-within:bg-wash focus:bg-wash focus:shadow-[inset_3px_0_0_var(--accent)] lg:table-row lg:py-0"
      data-card=""
      id={row.id}
      tabIndex={-1}
    >
      <td {...stacked.cell} className={`${cell} lg:w-[26%]`}>
        <div className="flex gap-1.5">
          {isOpen && (
            <input
              aria-label={name}
              checked={isSelected}
              className="check shrink-0"
              data-select=""
              onChange={(event) => onSelect(event.target.checked)}
              type="checkbox"
            />
          )}
          <div className="min-w-0">
            {order === 'person' ? <RoleName role={row} /> : <Holder row={row} />}
            {order === 'role' && (
              <p className="text-sm text-soft">
                {row.plane === 'group' ? 'of' : 'on'}{' '}
                <bdi className="font-medium text-ink">{row.scopeName}</bdi>
              </p>
            )}
            <p className="mt-1 flex flex-wrap gap-1.5">
              <Chip tone={row.kind === 'standing' ? 'warn' : 'plain'}>{holdingKindNames[row.kind]}</Chip>
              {row.isCritical && <Chip tone="risk">critical</Chip>}
              {row.throughGroup && <Chip>through {row.throughGroup.name}</Chip>}
            </p>
          </div>
        </div>
      </td>
      <td {...stacked.cell} className={cell}>
        <p className="text-sm">
          <DecisionState row={row} />
        </p>
        <EvidenceLine evidence={row.evidence} />
        <Link className="link inline-flex min-h-6 items-center text-sm" href={page} prefetch={false}>
          Everything about it<span className="sr-only">: {name}</span>
        </Link>
      </td>
      <td {...stacked.cell} className={`${cell} lg:w-[346px]`}>
        {isOpen && (
          <ItemAnswers campaignId={campaignId} desk={desk} lookFirst={page} row={row} verbs={verbs} />
        )}
      </td>
    </tr>
  );
}
