import type { Metadata } from 'next';
import Link from 'next/link';
import { notHere, viewerAt } from '#app/(portal)/viewer.ts';
import { ScheduleList } from '#components/schedules/schedule-list.tsx';
import { Empty } from '#components/ui/empty.tsx';
import { schedules } from '#lib/queries/schedules.ts';

export const metadata: Metadata = { title: 'On-call schedules' };

/** Who is on call by which schedule. */
export default async function SchedulesPage() {
  const viewer = await viewerAt('/settings/schedules');
  const rows = await schedules(viewer);
  if (!rows) return notHere(viewer, 'GET /settings/schedules', '');
  return (
    <>
      <p className="mb-5 max-w-prose text-soft">
        Who has duty, and when they hand it over. Approval rules can ask whoever is on call to sign, or let
        them pass with less.
      </p>
      {rows.length === 0 ? (
        <Empty title="No schedule yet">
          <p>A schedule is a list of people who take turns: a week each, handed over on Monday morning.</p>
        </Empty>
      ) : (
        <ScheduleList rows={rows} />
      )}
      <p className="mt-3">
        <Link className="btn" href="/settings/schedules/new" prefetch={false}>
          Add a schedule
        </Link>
      </p>
    </>
  );
}
