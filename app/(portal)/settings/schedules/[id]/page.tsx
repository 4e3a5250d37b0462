import type { Metadata } from 'next';
import Link from 'next/link';
import { findForRule } from '#app/(portal)/settings/approvals/actions.ts';
import {
  callOffOnCall,
  overrideOnCall,
  removeDutySchedule,
  saveDutySchedule,
} from '#app/(portal)/settings/schedules/actions.ts';
import { notHere, viewerAt } from '#app/(portal)/viewer.ts';
import { DutyAhead } from '#components/schedules/duty-ahead.tsx';
import { OverrideForm } from '#components/schedules/override-form.tsx';
import { Overrides } from '#components/schedules/overrides.tsx';
import { ScheduleForm } from '#components/schedules/schedule-form.tsx';
import { RemoveButton } from '#components/ui/remove-button.tsx';
import { Section } from '#components/ui/section.tsx';
import { When } from '#components/ui/when.tsx';
import { schedules } from '#lib/queries/schedules.ts';

export const metadata: Metadata = { title: 'On-call schedule' };

export default async function SchedulePage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const viewer = await viewerAt(`/settings/schedules/${id}`);
  const schedule = (await schedules(viewer))?.find((one) => one.id === id);
  if (!schedule) return notHere(viewer, 'GET /settings/schedules/[id]', id);
  const { name, rotation, version, namedBy } = schedule;
  return (
    <>
      <p className="mb-1 text-sm">
        <Link className="link inline-flex min-h-6 items-center" href="/settings/schedules" prefetch={false}>
          All schedules
        </Link>
      </p>
      <h2 className="wrap-anywhere font-semibold text-lg">{name}</h2>
      <p className="wrap-anywhere mb-4 text-soft text-sm">
        saved by {schedule.changedByName} <When at={schedule.changedAt} />
        {namedBy.length > 0 && ` · named by ${namedBy.join(', ')}`}
      </p>
      <Section title="Next two weeks">
        <DutyAhead ahead={schedule.ahead} />
      </Section>
      <Section title="Somebody else for a time">
        <Overrides callOff={callOffOnCall} overrides={schedule.overrides} />
        <OverrideForm find={findForRule} override={overrideOnCall} scheduleId={id} zone={rotation.zone} />
      </Section>
      <Section title="Turns">
        <ScheduleForm
          begin={{ name, rotation }}
          find={findForRule}
          id={id}
          key={version}
          save={saveDutySchedule}
          version={version}
        />
      </Section>
      {namedBy.length > 0 ? (
        <p className="text-soft text-sm">The policy names it. Take it out there before it is removed.</p>
      ) : (
        <RemoveButton
          backTo="/settings/schedules"
          label="Remove this schedule"
          name={name}
          run={removeDutySchedule.bind(null, { id, version })}
          sureLabel={`Remove “${name}” with who stands in`}
        />
      )}
    </>
  );
}
