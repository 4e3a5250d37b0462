import Link from 'next/link';
import { Chip } from '#components/ui/chip.tsx';
import { stacked } from '#components/ui/stacked.ts';
import { holdingKindNames, holdingKinds } from '#lib/domain/inventory.ts';
import type { RoleRow } from '#lib/queries/inventory-rows.ts';

const cell = 'block px-3.5 py-0.5 md:table-cell md:px-2.5 md:py-2 md:align-top md:first:pl-3.5';

/** Roles, each with what deserves a second look and how many hold it. */
export function RoleList({ rows }: { rows: RoleRow[] }) {
  return (
    <div className="panel overflow-hidden">
      <table {...stacked.table} aria-label="Roles" className="block w-full border-collapse text-sm md:table">
        <thead {...stacked.body} className="sr-only md:not-sr-only md:table-header-group">
          <tr {...stacked.row}>
            {['Role', 'Can', 'Held'].map((head) => (
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
                <Link
                  className="link inline-flex min-h-6 items-center font-[550]"
                  href={`/posture/roles/${row.plane}/${row.id}`}
                  prefetch={false}
                >
                  {row.name}
                </Link>{' '}
                {row.isPrivileged && <Chip tone="risk">privileged</Chip>}{' '}
                {!row.isBuiltIn && <Chip>custom</Chip>}
              </td>
              <td {...stacked.cell} className={`${cell} text-soft`}>
                {row.dangers.map(({ what }) => what).join(', ')}
              </td>
              <td {...stacked.cell} className={`${cell} text-soft md:whitespace-nowrap`}>
                {heldWords(row.held)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
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
