import { stacked } from '#components/ui/stacked.ts';
import type { HistoryRow } from '#lib/queries/rows.ts';
import { HistoryLine } from './history-line.tsx';

interface Props {
  rows: HistoryRow[];
  /** Whose it is matters only where others' rows are among them. */
  everyone: boolean;
}

/** Every request as one row that answers who, what, why, how long and by whom. On narrow screens rows stack. */
export function HistoryTable({ rows, everyone }: Props) {
  const heads: [name: string, width: string][] = [
    [everyone ? 'Asked, by whom' : 'Asked', 'lg:w-[160px]'],
    ['Role', 'lg:w-[26%]'],
    ['Reason', ''],
    ['Window', 'lg:w-[184px]'],
    ['State', 'lg:w-[210px]'],
  ];
  return (
    <div className="panel overflow-hidden">
      <table
        {...stacked.table}
        aria-label="History"
        className="block w-full border-collapse text-sm lg:table lg:table-fixed"
      >
        <thead {...stacked.body} className="sr-only lg:not-sr-only lg:table-header-group">
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
        <tbody {...stacked.body} className="block lg:table-row-group">
          {rows.map((row) => (
            <HistoryLine everyone={everyone} key={row.id} row={row} />
          ))}
        </tbody>
      </table>
    </div>
  );
}
