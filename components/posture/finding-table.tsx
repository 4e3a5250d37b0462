import Link from 'next/link';
import { stacked } from '#components/ui/stacked.ts';
import { When } from '#components/ui/when.tsx';
import { findingKindNames } from '#lib/domain/finding.ts';
import type { FindingRow } from '#lib/queries/finding-rows.ts';
import { RiskChip } from './risk-chip.tsx';

const cell = 'block px-3.5 py-0.5 md:table-cell md:px-2.5 md:py-2 md:align-top md:first:pl-3.5';
const heads: [name: string, width: string][] = [
  ['Risk', 'md:w-[96px]'],
  ['Finding', ''],
  ['Since', 'md:w-[180px]'],
  ['Taken on by', 'md:w-[180px]'],
];

/** What was found, the worst first; each leads to its evidence and the next step. */
export function FindingTable({ rows }: { rows: FindingRow[] }) {
  return (
    <div className="panel overflow-hidden">
      <table
        {...stacked.table}
        aria-label="Findings"
        className="block w-full border-collapse text-sm md:table md:table-fixed"
      >
        <thead {...stacked.body} className="sr-only md:not-sr-only md:table-header-group">
          <tr {...stacked.row}>
            {heads.map(([head, width]) => (
              <th
                {...stacked.head}
                className={`px-2.5 pt-2.5 pb-1.5 text-left font-normal text-faint text-xs first:pl-3.5 ${width}`}
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
                <RiskChip risk={row.risk} />
              </td>
              <td {...stacked.cell} className={cell}>
                <Link
                  className="link inline-flex min-h-6 items-center wrap-anywhere"
                  href={`/posture/findings/${row.id}`}
                  prefetch={false}
                >
                  {row.title}
                </Link>
                <span className="block text-faint text-xs">{findingKindNames[row.kind]}</span>
              </td>
              <td {...stacked.cell} className={`${cell} text-soft`}>
                <span className="text-xs md:sr-only">since </span>
                <When at={row.firstSeenAt} />
                <Until row={row} />
              </td>
              <td {...stacked.cell} className={`${cell} text-soft`}>
                {row.assigneeName ?? <span className="text-faint">nobody yet</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
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
