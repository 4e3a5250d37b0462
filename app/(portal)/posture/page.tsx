import type { Metadata } from 'next';
import { notHere, viewerAt } from '#app/(portal)/viewer.ts';
import { Reading } from '#components/posture/reading.tsx';
import { TotalsTable } from '#components/posture/totals-table.tsx';
import { Empty } from '#components/ui/empty.tsx';
import { mayOperate } from '#lib/domain/permission.ts';
import { posture } from '#lib/queries/posture.ts';
import { readTenant } from './actions.ts';

export const metadata: Metadata = { title: 'Posture' };

export default async function PosturePage() {
  const viewer = await viewerAt('/posture');
  const state = await posture(viewer);
  if (!state) return notHere(viewer, 'GET /posture', '');
  return (
    <>
      <h1 className="mb-5">Posture</h1>
      {state.totals.length > 0 ? (
        <TotalsTable totals={state.totals} />
      ) : (
        <Empty title="The tenant has not been read yet">
          <p>
            Stint reads who holds what, on all three planes, once an hour. The first reading takes seconds in
            a small tenant and some minutes in a large one.
          </p>
        </Empty>
      )}
      <Reading posture={state} readNow={mayOperate(viewer) ? readTenant : null} />
    </>
  );
}
