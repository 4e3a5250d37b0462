import Link from 'next/link';
import { StackedCell, StackedRow, StackedTable } from '#components/ui/stacked-table.tsx';
import { When } from '#components/ui/when.tsx';
import { findingKindNames } from '#lib/domain/finding.ts';
import type { FindingRow } from '#lib/queries/finding-rows.ts';
import { RiskChip } from './risk-chip.tsx';

const heads: [name: string, width: string][] = [
  ['Risk', 'md:w-[96px]'],
  ['Finding', ''],
  ['Since', 'md:w-[180px]'],
  ['Taken on by', 'md:w-[180px]'],
];

/** What was found, the worst first; each leads to its evidence and the next step. */
export function FindingTable({ rows }: { rows: FindingRow[] }) {
  return (
    <StackedTable heads={heads} label="Findings">
      {rows.map((row) => (
        <StackedRow key={row.id}>
          <StackedCell>
            <RiskChip risk={row.risk} />
          </StackedCell>
          <StackedCell>
            <Link
              className="link inline-flex min-h-6 items-center wrap-anywhere"
              href={`/posture/findings/${row.id}`}
              prefetch={false}
            >
              {row.title}
            </Link>
            <span className="block text-faint text-xs">{findingKindNames[row.kind]}</span>
          </StackedCell>
          <StackedCell look="text-soft">
            <span className="text-xs md:sr-only">since </span>
            <When at={row.firstSeenAt} />
            <Until row={row} />
          </StackedCell>
          <StackedCell look="text-soft">
            {row.assigneeName ?? <span className="text-faint">nobody yet</span>}
          </StackedCell>
        </StackedRow>
      ))}
    </StackedTable>
  );
}

function Until({ row: { state, goneAt, acceptedUntil } }: { row: FindingRow }) {
  const end = state === 'gone' ? goneAt : state === 'accepted' ? acceptedUntil : null;
  if (!end) return null;
  return (
    <span className="block text-faint text-xs">
      {state === 'gone' ? 'gone' : 'accepted until'} <When at={end} />
    </span>
  );
}
