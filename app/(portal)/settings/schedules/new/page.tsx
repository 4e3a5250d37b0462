import type { Metadata } from 'next';
import { findForRule } from '#app/(portal)/settings/approvals/actions.ts';
import { saveDutySchedule } from '#app/(portal)/settings/schedules/actions.ts';
import { notHere, viewerAt } from '#app/(portal)/viewer.ts';
import { ScheduleForm } from '#components/schedules/schedule-form.tsx';
import { mayAdminister } from '#lib/domain/permission.ts';

export const metadata: Metadata = { title: 'Add a schedule' };

export default async function NewSchedulePage() {
  const viewer = await viewerAt('/settings/schedules/new');
  if (!mayAdminister(viewer)) return notHere(viewer, 'GET /settings/schedules/new', '');
  const from = new Date().toISOString().slice(0, 10);
  const rotation = { zone: 'UTC', people: [], weekday: 1, time: '09:00', lengthDays: 7, from };
  return (
    <>
      <h2 className="mb-4 font-semibold text-lg">Add a schedule</h2>
      <ScheduleForm
        begin={{ name: '', rotation }}
        find={findForRule}
        id={null}
        save={saveDutySchedule}
        version={0}
      />
    </>
  );
}
