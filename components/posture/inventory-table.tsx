import Link from 'next/link';
import { RoleName } from '#components/roles/role-name.tsx';
import { Chip } from '#components/ui/chip.tsx';
import { stacked } from '#components/ui/stacked.ts';
import { principalKindNames } from '#lib/domain/principal.ts';
import type { AssignmentRow } from '#lib/queries/inventory-rows.ts';
import { Abilities } from './abilities.tsx';
import { HeldHow } from './held-how.tsx';

const cell = 'block px-3.5 py-0.5 md:table-cell md:px-2.5 md:py-2 md:align-top md:first:pl-3.5';
/** Every assignment as one row: which role where, who holds it, how, until when, whether it is used, and what it can do. */
export function InventoryTable({ rows, knownSince }: { rows: AssignmentRow[]; knownSince: Date | null }) {
  return (
    <div className="panel overflow-hidden">
      <table
        {...stacked.table}
        aria-label="Inventory"
        className="block w-full border-collapse text-sm md:table md:table-fixed"
      >
        <thead {...stacked.body} className="sr-only md:not-sr-only md:table-header-group">
          <tr {...stacked.row}>
            {['Role', 'Held by', 'How', 'Can'].map((head) => (
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
        <tbody {...stacked.body} className="block md:table-row-group">
          {rows.map((row) => (
            <tr
              {...stacked.row}
              className="block border-line border-t py-2 first:border-t-0 md:table-row md:py-0 md:first:border-t"
              key={row.id}
            >
              <td {...stacked.cell} className={cell}>
                <RoleName role={row} />
              </td>
              <td {...stacked.cell} className={cell}>
                <Holder row={row} />
              </td>
              <td {...stacked.cell} className={cell}>
                <HeldHow knownSince={knownSince} row={row} />
              </td>
              <td {...stacked.cell} className={`${cell} text-soft`}>
                <Abilities {...row} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Holder({
  row: { principalId, principalName, principalKind, upn, enabled },
}: {
  row: AssignmentRow;
}) {
  return (
    <div className="min-w-0">
      <Link
        className="link inline-flex min-h-6 items-center break-words font-[550]"
        href={`/posture/principals/${principalId}`}
        prefetch={false}
      >
        {principalName}
      </Link>
      <span className="block break-words text-soft">
        {principalKindNames[principalKind]}
        {upn && ` · ${upn}`}
      </span>
      {enabled === false && <Chip tone="warn">disabled</Chip>}
    </div>
  );
}
