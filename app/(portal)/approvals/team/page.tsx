import type { Metadata } from 'next';
import { viewerAt } from '#app/(portal)/viewer.ts';
import { ApprovalsHead } from '#components/approvals/approvals-head.tsx';
import { MoreLink } from '#components/approvals/more-link.tsx';
import { TeamTable } from '#components/approvals/team-table.tsx';
import { Live } from '#components/live/live.tsx';
import { Empty } from '#components/ui/empty.tsx';
import { queueCounts } from '#lib/queries/queue-counts.ts';
import { teamWaiting } from '#lib/queries/team-waiting.ts';

export const metadata: Metadata = { title: 'Approvals of my team' };

const help =
  'Requests that wait for others: of people who report to you, those you signed or handed over, and those of which a stage names a group you are in. Here you see who can decide; you need not do anything.';

type Query = Record<string, string | string[] | undefined>;

export default async function Page({ searchParams }: { searchParams: Promise<Query> }) {
  const { after } = await searchParams;
  const viewer = await viewerAt('/approvals/team');
  const cursor = typeof after === 'string' ? after : null;
  const [{ rows, more }, { now, ...counts }] = await Promise.all([
    teamWaiting(viewer, cursor),
    queueCounts(viewer),
  ]);
  return (
    <>
      <ApprovalsHead counts={counts} help={help} />
      {rows.length === 0 ? (
        <Empty title="Nothing of your team’s waits">
          <p>
            When somebody who reports to you asks for access that others decide, or a request you signed waits
            for the next signature, it is here.
          </p>
        </Empty>
      ) : (
        <TeamTable now={now} rows={rows} />
      )}
      <MoreLink isFirst={cursor === null} more={more} path="/approvals/team" />
      <Live facts={[]} on />
    </>
  );
}
