import type { Metadata } from 'next';
import { viewerAt } from '#app/(portal)/viewer.ts';
import { AbsenceForm } from '#components/absence/absence-form.tsx';
import { AbsenceTable } from '#components/absence/absence-table.tsx';
import { Empty } from '#components/ui/empty.tsx';
import { Section } from '#components/ui/section.tsx';
import { absencesFor } from '#lib/queries/absences.ts';
import { endAbsenceOf, endMyAbsence, setAbsenceFor, setMyAbsence } from './actions.ts';

export const metadata: Metadata = { title: 'Absence' };

export default async function AbsencePage() {
  const viewer = await viewerAt('/absence');
  const { mine, standsIn, all } = await absencesFor(viewer);
  return (
    <>
      <h1 className="mb-2">Absence</h1>
      <p className="mb-5 max-w-prose text-soft">
        While you are away, requests that wait for your signature ask who stands in for you. Whoever waits
        sees until when you are away, and, from the time zone your browser tells, whether it is night where
        you are.
      </p>
      <Section title="You are away">
        <AbsenceForm set={setMyAbsence} setFor={null} />
      </Section>
      <Section aside={mine.length || null} title="Your absences">
        {mine.length === 0 ? (
          <Empty title="No absence is written down">
            <p>It is not needed for nights: requests go on asking others, and the next set after a time.</p>
          </Empty>
        ) : (
          <AbsenceTable end={endMyAbsence} label="Your absences" rows={mine} />
        )}
      </Section>
      {standsIn.length > 0 && (
        <Section aside={standsIn.length} title="You stand in for">
          <AbsenceTable end={null} label="You stand in for" rows={standsIn} whose />
        </Section>
      )}
      {all && (
        <>
          <Section aside="for administrators" title="Somebody else is away">
            <AbsenceForm set={null} setFor={setAbsenceFor} />
          </Section>
          {all.length > 0 && (
            <Section aside={all.length} title="Everybody’s absences">
              <AbsenceTable end={endAbsenceOf} label="Everybody’s absences" rows={all} whose />
            </Section>
          )}
        </>
      )}
    </>
  );
}
