import Link from 'next/link';
import { StackedCell, StackedRow, StackedTable } from '#components/ui/stacked-table.tsx';
import { When } from '#components/ui/when.tsx';
import type { CampaignRow } from '#lib/queries/review-rows.ts';
import { CampaignStatusChip } from './campaign-status-chip.tsx';
import { ProgressBar } from './progress-bar.tsx';

/** Every review of the tenant, the newest opening first. */
export function CampaignTable({ rows }: { rows: CampaignRow[] }) {
  return (
    <StackedTable heads={['Review', 'Opens and closes', 'Progress']} label="Reviews">
      {rows.map((row) => (
        <StackedRow key={row.id}>
          <StackedCell>
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
          </StackedCell>
          <StackedCell look="text-soft">
            <When at={row.opensAt} />
            <span className="text-faint"> to </span>
            <When at={row.closesAt} />
          </StackedCell>
          <StackedCell>
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
          </StackedCell>
        </StackedRow>
      ))}
    </StackedTable>
  );
}
