import Link from 'next/link';
import { Timeline } from '#components/requests/timeline.tsx';
import { Chip } from '#components/ui/chip.tsx';
import { Section } from '#components/ui/section.tsx';
import { When } from '#components/ui/when.tsx';
import { findingKindNames, findingStateNames, longestAcceptanceDays } from '#lib/domain/finding.ts';
import { findingHelp } from '#lib/domain/finding-help.ts';
import { plusMinutes } from '#lib/domain/time.ts';
import type { FindingStory } from '#lib/queries/finding-rows.ts';
import { AcceptForm, type Answers, AssignForm, ReopenButton } from './finding-answer.tsx';
import { RiskChip } from './risk-chip.tsx';

const dayMinutes = 1440;
const dayOf = (at: Date) => at.toISOString().slice(0, 10);

/** One finding: what it means, what shows it, what to do, and what people did. */
export function FindingPage({ finding, answers }: { finding: FindingStory; answers: Answers }) {
  const { kind, state, evidence, principalId } = finding;
  return (
    <>
      <p className="mb-1 text-sm">
        <Link className="link" href="/posture/findings" prefetch={false}>
          Findings
        </Link>{' '}
        <span className="text-faint">/ {findingKindNames[kind]}</span>
      </p>
      <h1 className="mb-2 wrap-anywhere">{finding.title}</h1>
      <p className="mb-5 flex flex-wrap items-center gap-2 text-sm text-soft">
        <RiskChip risk={finding.risk} />
        <Chip tone={state === 'gone' ? 'live' : 'plain'}>{findingStateNames[state]}</Chip>
        <span>
          since <When at={finding.firstSeenAt} />, last seen <When at={finding.lastSeenAt} />
        </span>
      </p>
      <div className="grid gap-x-6 lg:grid-cols-[minmax(0,1fr)_320px]">
        <div className="min-w-0">
          <Section title="What it means">
            <p className="panel px-3.5 py-2.5">{findingHelp[kind]}</p>
          </Section>
          <Section aside="as last read" title="Evidence">
            <div className="panel">
              <table aria-label="Evidence" className="w-full text-sm">
                <tbody>
                  {evidence.map(({ label, value }, index) => (
                    <tr
                      className="border-line border-t first:border-t-0"
                      // biome-ignore lint/suspicious/noArrayIndexKey: facts of one kind share their name, and none moves.
                      key={index}
                    >
                      <th
                        className="w-2/5 px-3.5 py-1.5 text-left align-top font-normal text-soft"
                        scope="row"
                      >
                        {label}
                      </th>
                      <td className="px-3.5 py-1.5 wrap-anywhere">{value}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          </Section>
          <Section title="The next step">
            <div className="panel space-y-2 px-3.5 py-2.5">
              <p>{finding.nextStep}</p>
              {principalId && (
                <p className="text-sm">
                  <Link
                    className="link"
                    href={`/posture/principals/${encodeURIComponent(principalId)}`}
                    prefetch={false}
                  >
                    All that this principal holds
                  </Link>
                </p>
              )}
            </div>
          </Section>
        </div>
        <div className="min-w-0">
          <Answer answers={answers} finding={finding} />
        </div>
      </div>
      <Section title="What happened">
        <Timeline moments={finding.moments} />
      </Section>
    </>
  );
}

function Answer({ finding, answers }: { finding: FindingStory; answers: Answers }) {
  const { id, version, state, mayAnswer, mayAccept, now, acceptedByName, acceptedUntil } = finding;
  const seen = { findingId: id, version };
  return (
    <>
      <Section title="Whose it is">
        <div className="panel px-3.5 py-3" data-version={version}>
          {mayAnswer && state !== 'gone' ? (
            <AssignForm
              assign={answers.assign}
              assigneeId={finding.assigneeId}
              assignees={finding.assignees}
              key={version}
              seen={seen}
            />
          ) : (
            <p className="text-soft">{finding.assigneeName ?? 'Nobody yet.'}</p>
          )}
        </div>
      </Section>
      {state === 'accepted' && acceptedUntil && (
        <Section title="Accepted">
          <div className="panel grid gap-3 px-3.5 py-3">
            <p>
              By {acceptedByName} until <When at={acceptedUntil} />: “{finding.acceptedReason}”
            </p>
            {mayAnswer && <ReopenButton reopen={answers.reopen} seen={seen} />}
          </div>
        </Section>
      )}
      {state === 'open' && mayAnswer && (
        <Section aside="for a time" title="Accept it">
          <div className="panel px-3.5 py-3">
            {mayAccept ? (
              <AcceptForm
                accept={answers.accept}
                days={[
                  dayOf(plusMinutes(now, dayMinutes)),
                  dayOf(plusMinutes(now, (longestAcceptanceDays - 1) * dayMinutes)),
                ]}
                key={version}
                seen={seen}
              />
            ) : (
              <p className="text-soft">
                It is about your own access: somebody else says whether it may stay.
              </p>
            )}
          </div>
        </Section>
      )}
    </>
  );
}
