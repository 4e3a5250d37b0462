import Link from 'next/link';
import { RoleName } from '#components/roles/role-name.tsx';
import { Chip } from '#components/ui/chip.tsx';
import { StackedCell, StackedRow, StackedTable } from '#components/ui/stacked-table.tsx';
import type { ScopeKind } from '#lib/domain/assignment.ts';
import { reachWords } from '#lib/domain/scope-reach.ts';
import type { AccessRow } from '#lib/queries/access-rows.ts';
import { Abilities } from './abilities.tsx';
import { HeldHow } from './held-how.tsx';

interface Props {
  rows: AccessRow[];
  /** Since when use is known; null: not known now. */
  knownSince: Date | null;
}

const reachesDown: readonly ScopeKind[] = ['management_group', 'subscription', 'resource_group'];

/** All that somebody can reach: what it is and where, the way to it, how it is held, and what it can do. */
export function AccessTable({ rows, knownSince }: Props) {
  return (
    <StackedTable heads={['Role', 'By way of', 'How', 'Can']} label="Access">
      {rows.map((row) => (
        <StackedRow key={row.id}>
          <StackedCell>
            <RoleName note={below(row)} role={row} />
            {row.alsoAt && (
              <p className="text-faint text-xs">
                held the same way at <bdi>{row.alsoAt}</bdi>, above
              </p>
            )}
          </StackedCell>
          <StackedCell>
            <Way row={row} />
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

/** What a role given here reaches. Of a management group it is said what that is: the name alone does not tell. */
function below({ scopeKind, reach }: AccessRow): string | null {
  if (!reachesDown.includes(scopeKind)) return null;
  if (scopeKind !== 'management_group') return 'and everything below';
  return reach ? `and everything below: ${reachWords(reach)}` : 'and everything below: not known what';
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
