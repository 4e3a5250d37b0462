import { RoleName } from '#components/roles/role-name.tsx';
import { Chip, type Tone } from '#components/ui/chip.tsx';
import { stacked } from '#components/ui/stacked.ts';
import { When } from '#components/ui/when.tsx';
import { type HoldingKind, holdingKindNames } from '#lib/domain/inventory.ts';
import { principalKindNames } from '#lib/domain/principal.ts';
import type { AssignmentRow } from '#lib/queries/inventory-rows.ts';

const cell = 'block px-3.5 py-0.5 md:table-cell md:px-2.5 md:py-2 md:align-top md:first:pl-3.5';
const tones: Record<HoldingKind, Tone> = {
  eligible: 'plain',
  standing: 'warn',
  time_bound: 'plain',
  activated: 'live',
};
const mostDangers = 3;

/** Every assignment as one row: which role where, who holds it, how, until when, and what it can do. */
export function InventoryTable({ rows }: { rows: AssignmentRow[] }) {
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
                <Chip tone={tones[row.kind]}>{holdingKindNames[row.kind]}</Chip>
                {row.isConditional && <span className="ml-2 text-soft text-xs">with a condition</span>}
                <Until row={row} />
              </td>
              <td {...stacked.cell} className={`${cell} text-soft`}>
                <Abilities row={row} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Holder({ row: { principalName, principalKind, upn, enabled } }: { row: AssignmentRow }) {
  return (
    <div className="min-w-0">
      <span className="block break-words font-[550]">{principalName}</span>
      <span className="block break-words text-soft">
        {principalKindNames[principalKind]}
        {upn && ` · ${upn}`}
      </span>
      {enabled === false && <Chip tone="warn">disabled</Chip>}
    </div>
  );
}

function Until({ row: { endsAt } }: { row: AssignmentRow }) {
  if (!endsAt) return <span className="block text-faint text-xs">without an end</span>;
  return (
    <span className="block text-faint text-xs">
      until <When at={endsAt} />
    </span>
  );
}

function Abilities({ row: { dangers, critical } }: { row: AssignmentRow }) {
  if (dangers.length === 0) return null;
  const more = dangers.length - mostDangers;
  return (
    <>
      {critical && <Chip tone="risk">critical</Chip>}{' '}
      {dangers
        .slice(0, mostDangers)
        .map(({ what }) => what)
        .join(', ')}
      {more > 0 && ` and ${more} more`}
    </>
  );
}
