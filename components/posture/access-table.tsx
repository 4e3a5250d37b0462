import Link from 'next/link';
import { RoleName } from '#components/roles/role-name.tsx';
import { Chip } from '#components/ui/chip.tsx';
import { stacked } from '#components/ui/stacked.ts';
import type { ScopeKind } from '#lib/domain/assignment.ts';
import type { AccessRow } from '#lib/queries/access-rows.ts';
import { Abilities } from './abilities.tsx';
import { HeldHow } from './held-how.tsx';

interface Props {
  rows: AccessRow[];
  /** Since when use is known; null: not known now. */
  knownSince: Date | null;
}

const cell = 'block px-3.5 py-0.5 md:table-cell md:px-2.5 md:py-2 md:align-top md:first:pl-3.5';
const reachesDown: readonly ScopeKind[] = ['management_group', 'subscription', 'resource_group'];

/** All that somebody can reach: what it is and where, the way to it, how it is held, and what it can do. */
export function AccessTable({ rows, knownSince }: Props) {
  return (
    <div className="panel overflow-hidden">
      <table
        {...stacked.table}
        aria-label="Access"
        className="block w-full border-collapse text-sm md:table md:table-fixed"
      >
        <thead {...stacked.body} className="sr-only md:not-sr-only md:table-header-group">
          <tr {...stacked.row}>
            {['Role', 'By way of', 'How', 'Can'].map((head) => (
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
                <RoleName
                  note={reachesDown.includes(row.scopeKind) ? 'and everything below' : null}
                  role={row}
                />
              </td>
              <td {...stacked.cell} className={cell}>
                <Way row={row} />
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

/** From the principal to the holder, group by group. */
function Way({ row: { path } }: { row: AccessRow }) {
  if (path.length === 0) return <span className="text-soft">own assignment</span>;
  return (
    <ol className="min-w-0">
      {path.map(({ groupId, groupName, how }) => (
        <li className="min-w-0 text-soft" key={groupId}>
          {how === 'member' ? 'in ' : 'may join '}
          <Link
            className="link inline-flex min-h-6 items-center break-words text-ink"
            href={`/posture/principals/${groupId}`}
            prefetch={false}
          >
            {groupName}
          </Link>{' '}
          {how === 'may_join' && <Chip>after activation</Chip>}
        </li>
      ))}
    </ol>
  );
}
