import type { Metadata } from 'next';
import { viewerAt } from '#app/(portal)/viewer.ts';
import { ApprovalsHead } from '#components/approvals/approvals-head.tsx';
import { DecidedList } from '#components/approvals/decided-list.tsx';
import { MoreLink } from '#components/approvals/more-link.tsx';
import { Live } from '#components/live/live.tsx';
import { Empty } from '#components/ui/empty.tsx';
import { decidedLately } from '#lib/queries/decided-lately.ts';
import { queueCounts } from '#lib/queries/queue-counts.ts';

export const metadata: Metadata = { title: 'Decided approvals' };

const help = 'What you decided or signed, and what others did of what you could, the newest first.';

type Query = Record<string, string | string[] | undefined>;

export default async function Page({ searchParams }: { searchParams: Promise<Query> }) {
  const { after } = await searchParams;
  const viewer = await viewerAt('/approvals/decided');
  const cursor = typeof after === 'string' ? after : null;
  const [{ rows, more }, counts] = await Promise.all([decidedLately(viewer, cursor), queueCounts(viewer)]);
  return (
    <>
      <ApprovalsHead counts={counts} help={help} />
      {rows.length === 0 ? (
        <Empty title="Nothing was decided yet">
          <p>
            What you approve, sign or deny is here afterwards, with what became of it; also what others
            decided of what you could.
          </p>
        </Empty>
      ) : (
        <DecidedList rows={rows} />
      )}
      <MoreLink isFirst={cursor === null} more={more} path="/approvals/decided" />
      <Live facts={[]} on />
    </>
  );
}
