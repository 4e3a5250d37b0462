import Link from 'next/link';
import { RoleName } from '#components/roles/role-name.tsx';
import { Chip } from '#components/ui/chip.tsx';
import { stacked } from '#components/ui/stacked.ts';
import { holdingKindNames } from '#lib/domain/inventory.ts';
import { principalKindNames } from '#lib/domain/principal.ts';
import type { AllItems } from '#lib/queries/review-rows.ts';
import { ChangeState } from './change-state.tsx';
import { DecisionState } from './decision-state.tsx';

interface Props {
  campaignId: string;
  rows: AllItems['page']['rows'];
}

const heads = ['Who', 'What', 'Decision', 'Asked', 'Outcome'];

/** Every item of a review, to be read: what was decided, who is asked, and what the tenant shows. */
export function AllItemsTable({ campaignId, rows }: Props) {
  return (
    <div className="panel overflow-hidden">
      <table {...stacked.table} aria-label="All items" className="list-table list-stacked">
        <thead {...stacked.body} className="sr-only lg:not-sr-only">
          <tr {...stacked.row}>
            {heads.map((head) => (
              <th
                {...stacked.head}
                className="px-2.5 pt-2.5 pb-1.5 text-left font-normal text-faint text-xs first:pl-3.5"
                key={head}
                scope="col"
              >
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody {...stacked.body}>
          {rows.map((row) => (
            <tr {...stacked.row} key={row.id}>
              <td {...stacked.cell}>
                <Link
                  className="link inline-flex min-h-6 items-center"
                  href={`/reviews/${campaignId}/items/${row.id}`}
                  prefetch={false}
                >
                  <bdi className="break-words font-[550]">{row.principalName}</bdi>
                </Link>
                <span className="block text-sm text-soft">{principalKindNames[row.principalKind]}</span>
              </td>
              <td {...stacked.cell}>
                <RoleName note={holdingKindNames[row.kind].toLowerCase()} role={row} />
                {row.throughGroup && <Chip>through {row.throughGroup.name}</Chip>}
              </td>
              <td {...stacked.cell}>
                <DecisionState row={row} />
              </td>
              <td {...stacked.cell} className="text-soft">
                <span className="lg:hidden">asked: </span>
                {row.reviewers.join(', ') || 'nobody'}
              </td>
              <td {...stacked.cell}>
                {row.change ? <ChangeState change={row.change} /> : <span className="text-faint">–</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
