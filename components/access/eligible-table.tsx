import { useId } from 'react';
import type { EligibleRow } from '#lib/queries/rows.ts';
import { EligibleLine } from './eligible-line.tsx';
import type { Activation } from './use-activation.ts';

interface Props {
  heading: string;
  rows: EligibleRow[];
  activation: Activation;
}

/** The eligible roles of one plane. */
export function EligibleTable({ heading, rows, activation }: Props) {
  const id = useId();
  return (
    <>
      <h3 className="mt-4 mb-1 text-faint text-xs" id={id}>
        {heading}
      </h3>
      <div className="panel overflow-hidden">
        <table aria-labelledby={id} className="list-table">
          <thead className="sr-only">
            <tr>
              <th scope="col">Choose</th>
              <th scope="col">Role, where, and its rules</th>
              <th scope="col">Favourite</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <EligibleLine
                chosen={!row.blocked && activation.ticked.has(row.key)}
                key={row.key}
                onToggle={activation.toggle}
                row={row}
              />
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
