import { Ago } from '#components/ui/ago.tsx';
import { Section } from '#components/ui/section.tsx';
import { stacked } from '#components/ui/stacked.ts';
import type { QueueRow } from '#lib/queries/operations-rows.ts';

const heads = ['Queue', 'Waiting', 'Running', 'Tried again', 'Failed', 'Last error'];
const cell = 'inline-block py-0.5 pl-3.5 md:table-cell md:px-2.5 md:py-1.5 md:align-top md:first:pl-3.5';

/** Jobs by queue. On a phone each queue is a few words. */
export function QueueTable({ now, rows }: { now: Date; rows: QueueRow[] }) {
  return (
    <Section title="Jobs">
      <div className="panel overflow-hidden">
        <table
          {...stacked.table}
          aria-label="Jobs by queue"
          className="block w-full border-collapse text-sm md:table"
        >
          <thead {...stacked.body} className="sr-only md:not-sr-only md:table-header-group">
            <tr {...stacked.row}>
              {heads.map((head) => (
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
                className="block border-line border-t py-1.5 first:border-t-0 md:table-row md:py-0 md:first:border-t"
                key={row.name}
              >
                <td {...stacked.cell} className={`${cell} w-full whitespace-nowrap font-[550] md:w-auto`}>
                  {row.name}
                </td>
                <Count name="waiting" number={row.queued} />
                <Count name="running" number={row.active} />
                <Count name="tried again" number={row.retry} />
                <Count bad name="failed" number={row.failed} />
                <td
                  {...stacked.cell}
                  className={`${cell} w-full wrap-anywhere text-soft max-md:empty:hidden md:w-auto`}
                >
                  {row.lastError && (
                    <span>
                      {row.lastError}
                      {row.lastErrorAt && (
                        <span className="text-faint text-xs">
                          {' '}
                          <Ago at={row.lastErrorAt} now={now} />
                        </span>
                      )}
                    </span>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  );
}

function Count({ name, number, bad = false }: { name: string; number: number; bad?: boolean }) {
  const look = number === 0 ? 'text-faint' : bad ? 'font-[550] text-warn' : '';
  return (
    <td {...stacked.cell} className={`${cell} tabular-nums ${look}`}>
      {number} <span className="text-xs md:sr-only">{name}</span>
    </td>
  );
}
