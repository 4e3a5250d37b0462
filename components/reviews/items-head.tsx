import Link from 'next/link';
import { Ago } from '#components/ui/ago.tsx';
import { When } from '#components/ui/when.tsx';
import { silenceMeans } from '#lib/domain/review-decision.ts';
import type { MyItems } from '#lib/queries/review-rows.ts';
import { CampaignStatusChip } from './campaign-status-chip.tsx';
import { ProgressBar } from './progress-bar.tsx';

/** On top of a reviewer's items: how far they are, until when, and what happens if they say nothing. */
export function ItemsHead({ items: { campaign, progress, now } }: { items: MyItems }) {
  return (
    <>
      <p className="mb-1 text-faint text-xs">
        <Link className="link inline-flex min-h-6 items-center" href="/reviews" prefetch={false}>
          Reviews
        </Link>
      </p>
      <div className="mb-4 flex flex-wrap items-center gap-x-3 gap-y-1">
        <h1 className="min-w-0">
          <bdi>{campaign.name}</bdi>
        </h1>
        <CampaignStatusChip status={campaign.status} />
      </div>
      <div className="panel mb-5 grid gap-3 px-4 py-3.5">
        <ProgressBar {...progress} over={!campaign.isOpen} />
        {campaign.isOpen ? (
          <p className="max-w-prose text-sm text-soft">
            For each line: does this person or program still need this access? Closes{' '}
            <Ago at={campaign.closesAt} now={now} /> (<When at={campaign.closesAt} />
            ); until then every decision can be changed.{' '}
            <span className="font-[550] text-ink">{silenceMeans[campaign.silence]}</span> A draft that is not
            submitted counts as silence.
          </p>
        ) : (
          <p className="text-sm text-soft">
            This review is over: what was decided stands. It closed <When at={campaign.closesAt} />.
          </p>
        )}
      </div>
    </>
  );
}
