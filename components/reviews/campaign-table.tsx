import Link from 'next/link';
import { stacked } from '#components/ui/stacked.ts';
import { When } from '#components/ui/when.tsx';
import type { CampaignRow } from '#lib/queries/review-rows.ts';
import { CampaignStatusChip } from './campaign-status-chip.tsx';
import { ProgressBar } from './progress-bar.tsx';

const cell = 'block px-3.5 py-0.5 md:table-cell md:px-2.5 md:py-2 md:align-top md:first:pl-3.5';

/** Every review of the tenant, the newest opening first. */
export function CampaignTable({ rows }: { rows: CampaignRow[] }) {
  return (
    <div className="panel overflow-hidden">
      <table
        {...stacked.table}
        aria-label="Reviews"
        className="block w-full border-collapse text-sm md:table md:table-fixed"
      >
        <thead {...stacked.body} className="sr-only md:not-sr-only md:table-header-group">
          <tr {...stacked.row}>
            {['Review', 'Opens and closes', 'Progress'].map((head) => (
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
                  href={`/reviews/${row.id}`}
                  prefetch={false}
                >
                  {row.name}
                </Link>{' '}
                <CampaignStatusChip status={row.status} />
                <span className="block text-faint text-xs">
                  {row.isRecurring && `number ${row.number} of its series · `}
                  made by {row.createdByName}
                </span>
              </td>
              <td {...stacked.cell} className={`${cell} text-soft`}>
                <When at={row.opensAt} />
                <span className="text-faint"> to </span>
                <When at={row.closesAt} />
              </td>
              <td {...stacked.cell} className={cell}>
                {row.items > 0 ? (
                  <ProgressBar
                    drafts={row.drafts}
                    items={row.items}
                    over={row.status !== 'open'}
                    submitted={row.submitted}
                  />
                ) : (
                  <span className="text-faint">nothing frozen yet</span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
