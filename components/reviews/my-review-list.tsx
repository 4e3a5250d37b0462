import Link from 'next/link';
import { Chip } from '#components/ui/chip.tsx';
import { When } from '#components/ui/when.tsx';
import { silenceMeans } from '#lib/domain/review-decision.ts';
import type { MyReviewRow } from '#lib/queries/review-rows.ts';
import { CampaignStatusChip } from './campaign-status-chip.tsx';
import { ProgressBar } from './progress-bar.tsx';

/** The reviews in which the viewer is asked. */
export function MyReviewList({ rows }: { rows: MyReviewRow[] }) {
  return (
    <div className="panel">
      <table aria-label="Your reviews" className="list-table list-stacked">
        <thead className="sr-only">
          <tr>
            <th scope="col">Review</th>
            <th scope="col">Progress</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <td>
                <Link
                  className="link inline-flex min-h-6 items-center font-[550]"
                  href={`/reviews/${row.id}/items`}
                  prefetch={false}
                >
                  {row.name}
                </Link>{' '}
                <CampaignStatusChip status={row.status} />{' '}
                {row.isReminded && row.status === 'open' && row.submitted < row.items && (
                  <Chip tone="warn">reminded</Chip>
                )}
                {row.status === 'open' && (
                  <p className="text-sm text-soft">
                    closes <When at={row.closesAt} /> · {silenceMeans[row.silence]}
                  </p>
                )}
              </td>
              <td className="sm:w-[38%]">
                <ProgressBar
                  drafts={row.drafts}
                  items={row.items}
                  over={row.status !== 'open'}
                  submitted={row.submitted}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
