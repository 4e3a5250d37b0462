import type { Metadata } from 'next';
import { notHere, viewerAt } from '#app/(portal)/viewer.ts';
import { OpenFindings } from '#components/posture/open-findings.tsx';
import { Reading } from '#components/posture/reading.tsx';
import { TotalsTable } from '#components/posture/totals-table.tsx';
import { Trend } from '#components/posture/trend.tsx';
import { ZeroStanding } from '#components/posture/zero-standing.tsx';
import { Empty } from '#components/ui/empty.tsx';
import { mayOperate } from '#lib/domain/permission.ts';
import { posture } from '#lib/queries/posture.ts';
import { postureOverview } from '#lib/queries/posture-overview.ts';
import { readTenant } from './actions.ts';

export const metadata: Metadata = { title: 'Posture' };

export default async function PosturePage() {
  const viewer = await viewerAt('/posture');
  const [state, overview] = await Promise.all([posture(viewer), postureOverview(viewer)]);
  if (!state || !overview) return notHere(viewer, 'GET /posture', '');
  return (
    <>
      <h1 className="mb-5">Posture</h1>
      {overview.privilege && (
        <div className="grid gap-x-6 md:grid-cols-2">
          <ZeroStanding privilege={overview.privilege} />
          <OpenFindings open={overview.open} />
        </div>
      )}
      {state.totals.length > 0 ? (
        <>
          <TotalsTable totals={state.totals} />
          <Trend points={overview.trend} />
        </>
      ) : (
        <Empty title="The tenant has not been read yet">
          <p>
            Stint reads who holds what, on all three planes, once a day, and what has changed every few
            minutes. The first reading takes seconds in a small tenant and some minutes in a large one.
          </p>
        </Empty>
      )}
      <Reading posture={state} readNow={mayOperate(viewer) ? readTenant : null} />
    </>
  );
}
