import Link from 'next/link';
import { RoleName } from '#components/roles/role-name.tsx';
import { Chip } from '#components/ui/chip.tsx';
import { StackedCell, StackedRow, StackedTable } from '#components/ui/stacked-table.tsx';
import { principalKindNames } from '#lib/domain/principal.ts';
import type { AssignmentRow } from '#lib/queries/inventory-rows.ts';
import { Abilities } from './abilities.tsx';
import { HeldHow } from './held-how.tsx';

/** Every assignment as one row: which role where, who holds it, how, until when, whether it is used, and what it can do. */
export function InventoryTable({ rows, knownSince }: { rows: AssignmentRow[]; knownSince: Date | null }) {
  return (
    <StackedTable heads={['Role', 'Held by', 'How', 'Can']} label="Inventory">
      {rows.map((row) => (
        <StackedRow key={row.id}>
          <StackedCell>
            <RoleName role={row} />
          </StackedCell>
          <StackedCell>
            <Holder row={row} />
          </StackedCell>
          <StackedCell>
            <HeldHow knownSince={knownSince} row={row} />
          </StackedCell>
          <StackedCell look="text-soft">
            <Abilities {...row} />
          </StackedCell>
        </StackedRow>
      ))}
    </StackedTable>
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
