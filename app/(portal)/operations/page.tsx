import type { Metadata } from 'next';
import Link from 'next/link';
import { notHere, viewerAt } from '#app/(portal)/viewer.ts';
import { Bypasses } from '#components/extension/bypasses.tsx';
import { DeadJobs } from '#components/operations/dead-jobs.tsx';
import { Differences } from '#components/operations/differences.tsx';
import { QueueTable } from '#components/operations/queue-table.tsx';
import { ReadingsTable } from '#components/operations/readings-table.tsx';
import { StalledApprovals } from '#components/operations/stalled-approvals.tsx';
import { Workers } from '#components/operations/workers.tsx';
import { Ago } from '#components/ui/ago.tsx';
import { bypasses } from '#lib/queries/bypasses.ts';
import { operations } from '#lib/queries/operations.ts';
import { stalledApprovals } from '#lib/queries/stalled-approvals.ts';
import { replayDeadJob } from './actions.ts';

export const metadata: Metadata = { title: 'Operations' };

export default async function OperationsPage() {
  const viewer = await viewerAt('/operations');
  const [state, stalled, past] = await Promise.all([
    operations(viewer),
    stalledApprovals(viewer),
    bypasses(viewer),
  ]);
  if (!state) return notHere(viewer, 'GET /operations', '');
  const { now, dead, deadCount, open, queues, readings, settled, workers } = state;
  return (
    <>
      <div className="mb-5 flex flex-wrap items-center gap-x-3">
        <h1>Operations</h1>
        <span className="text-faint text-xs">
          as of <Ago at={now} now={now} />
        </span>
        <Link className="btn btn-small ml-auto" href="/operations" prefetch={false}>
          Look again
        </Link>
      </div>
      <p className="mb-5 text-sm">
        <Link className="link inline-flex min-h-6 items-center" href="/operations/applier" prefetch={false}>
          The Applier: what it changed, and where it may act
        </Link>
        <br />
        <Link
          className="link inline-flex min-h-6 items-center"
          href="/operations/evaluations"
          prefetch={false}
        >
          Evaluations: what Stint answered PIM
        </Link>
      </p>
      <StalledApprovals now={now} rows={stalled ?? []} />
      <Bypasses now={now} rows={past ?? []} />
      <Differences now={now} open={open} settled={settled} />
      <DeadJobs count={deadCount} now={now} replay={replayDeadJob} rows={dead} />
      <QueueTable now={now} rows={queues} />
      <ReadingsTable now={now} rows={readings} />
      <Workers now={now} rows={workers} />
    </>
  );
}
