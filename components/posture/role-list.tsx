import Link from 'next/link';
import { Chip } from '#components/ui/chip.tsx';
import { StackedCell, StackedRow, StackedTable } from '#components/ui/stacked-table.tsx';
import { holdingKindNames, holdingKinds } from '#lib/domain/inventory.ts';
import type { RoleRow } from '#lib/queries/inventory-rows.ts';

/** Roles, each with what deserves a second look and how many hold it. */
export function RoleList({ rows }: { rows: RoleRow[] }) {
  return (
    <StackedTable heads={['Role', 'Can', 'Held']} label="Roles" fixed={false}>
      {rows.map((row) => (
        <StackedRow key={row.id}>
          <StackedCell>
            <Link
              className="link inline-flex min-h-6 items-center font-[550]"
              href={`/posture/roles/${row.plane}/${row.id}`}
              prefetch={false}
            >
              {row.name}
            </Link>{' '}
            {row.isPrivileged && <Chip tone="risk">privileged</Chip>} {!row.isBuiltIn && <Chip>custom</Chip>}
          </StackedCell>
          <StackedCell look="text-soft">{row.dangers.map(({ what }) => what).join(', ')}</StackedCell>
          <StackedCell look="text-soft md:whitespace-nowrap">{heldWords(row.held)}</StackedCell>
        </StackedRow>
      ))}
    </StackedTable>
  );
}

/** "2 standing, 5 eligible"; nobody when nobody does. */
function heldWords(held: RoleRow['held']): string {
  const words = holdingKinds.flatMap((kind) => {
    const count = held[kind];
    return count ? `${count} ${holdingKindNames[kind].toLowerCase()}` : [];
  });
  return words.length > 0 ? `by ${words.join(', ')}` : 'by nobody';
}
