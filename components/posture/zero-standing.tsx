import { Section } from '#components/ui/section.tsx';
import { type PrivilegeCount, zeroStandingScore } from '#lib/domain/zero-standing.ts';

/** The score, and its arithmetic in the open. */
export function ZeroStanding({ privilege }: { privilege: PrivilegeCount }) {
  const score = zeroStandingScore(privilege);
  const { standing, onRequest } = privilege;
  const all = standing + onRequest;
  return (
    <Section aside="of 100; the higher the better" title="Zero standing">
      <div className="panel px-3.5 py-2.5 text-sm">
        {score === null ? (
          <p className="text-soft">Nobody holds anything privileged that Stint can see.</p>
        ) : (
          <>
            <p className="font-[600] text-xl">{score}</p>
            <svg
              aria-hidden="true"
              className="my-2 h-1.5 w-full"
              preserveAspectRatio="none"
              viewBox="0 0 100 6"
            >
              <rect className="fill-warn" height="6" width="100" />
              <rect className="fill-live" height="6" width={score} />
            </svg>
            <p>
              {onRequest} of {all} privileged assignments must be asked for or end by themselves; {standing}{' '}
              {standing === 1 ? 'stands' : 'stand'}. {onRequest} × 100 ÷ {all} = {score}, rounded down.
            </p>
            <details className="text-soft text-xs">
              <summary className="w-fit py-1">What is counted</summary>
              <p className="max-w-prose">
                Entra and Azure roles that can do something dangerous where they are held. Standing: in force
                without an end, held by a person, a workload, or a group that somebody stands in. The others:
                eligible, with an end, or held by a group that one must join first. An activation is not
                counted besides its eligibility; accounts sealed for emergencies are left out.
              </p>
            </details>
          </>
        )}
      </div>
    </Section>
  );
}
