import { Section } from '#components/ui/section.tsx';
import { itemDecisions } from '#lib/domain/campaign.ts';
import { changeOutcomeNames, changeStateNames, changeVerbNames } from '#lib/domain/change-words.ts';
import { decisionNames } from '#lib/domain/review-words.ts';
import type { CampaignStory } from '#lib/queries/review-rows.ts';
import { AppliedNumbers } from './applied-numbers.tsx';
import { NumberTable } from './number-table.tsx';

/** What was decided, and how much of it the tenant shows. */
export function AppliedTable({ story }: { story: CampaignStory }) {
  const { decisions, applied, changes, status } = story;
  const count = (decision: string, bySilence: boolean) =>
    decisions.find((one) => one.decision === decision && one.bySilence === bySilence)?.count ?? 0;
  const held = changes.reduce((sum, one) => sum + (one.state === 'held' ? one.count : 0), 0);
  const isOver = status === 'closed' || status === 'applying';
  return (
    <>
      <Section aside={isOver ? 'final' : 'submitted so far'} title="Decisions">
        <NumberTable
          heads={['Decision', 'By people', 'By silence']}
          label="Decisions"
          rows={itemDecisions.map((decision) => ({
            name: decisionNames[decision],
            numbers: [count(decision, false), count(decision, true)],
          }))}
        />
      </Section>
      {isOver && (
        <Section aside="decided against what the tenant shows" title="Applied">
          <AppliedNumbers applied={applied} label="Applied" />
          {held > 0 && (
            <p className="mt-2 max-w-prose text-sm text-soft">
              {held === 1 ? 'One change is held' : `${held.toLocaleString('en')} changes are held`}:{' '}
              {story.may.release
                ? 'you let them go under Operations. What was made eligible or given an end, and more than ten removals, need a second person.'
                : 'an administrator lets them go under Operations.'}
            </p>
          )}
          {changes.length > 0 && (
            <ul aria-label="Outcomes" className="mt-2 text-sm text-soft">
              {changes.map(({ verb, state, outcome, isGivenBack, count: number }) => (
                <li key={`${verb} ${state} ${outcome} ${isGivenBack}`}>
                  {changeVerbNames[verb]}: {number.toLocaleString('en')}{' '}
                  {changeStateNames[state].toLowerCase()}
                  {outcome && `, ${changeOutcomeNames[outcome].toLowerCase()}`}
                  {isGivenBack && ', given back since'}
                </li>
              ))}
            </ul>
          )}
        </Section>
      )}
    </>
  );
}
