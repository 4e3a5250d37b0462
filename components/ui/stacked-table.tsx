import type { ReactNode } from 'react';
import { stacked } from './stacked.ts';

interface Props {
  label: string;
  /** A name, or a name with classes of its column. */
  heads: readonly (string | readonly [name: string, width: string])[];
  /** Columns as wide as their heads say, and not as what is in them wants. */
  fixed?: boolean;
  children: ReactNode;
}

/** A table of facts in a panel, whose rows stack on a phone. */
export function StackedTable({ label, heads, fixed = true, children }: Props) {
  return (
    <div className="panel overflow-hidden">
      <table
        {...stacked.table}
        aria-label={label}
        className={`block w-full border-collapse text-sm md:table ${fixed ? 'md:table-fixed' : ''}`}
      >
        <thead {...stacked.body} className="sr-only md:not-sr-only md:table-header-group">
          <tr {...stacked.row}>
            {heads.map((head) => {
              const [name, width] = typeof head === 'string' ? [head, ''] : head;
              return (
                <th
                  {...stacked.head}
                  className={`px-2.5 pt-2.5 pb-1.5 text-left font-normal text-faint text-xs first:pl-3.5 ${width}`}
                  key={name}
                  scope="col"
                >
                  {name}
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody {...stacked.body} className="block md:table-row-group">
          {children}
        </tbody>
      </table>
    </div>
  );
}

export function StackedRow({ children }: { children: ReactNode }) {
  return (
    <tr
      {...stacked.row}
      className="block border-line border-t py-2 first:border-t-0 md:table-row md:py-0 md:first:border-t"
    >
      {children}
    </tr>
  );
}

export function StackedCell({ look = '', children }: { look?: string; children?: ReactNode }) {
  return (
    <td
      {...stacked.cell}
      className={`block px-3.5 py-0.5 md:table-cell md:px-2.5 md:py-2 md:align-top md:first:pl-3.5 ${look}`}
    >
      {children}
    </td>
  );
}
