import { Section } from '#components/ui/section.tsx';
import type { ChangeVerb } from '#lib/domain/access-change.ts';
import { itemDecisions } from '#lib/domain/campaign.ts';
import { changeOutcomeNames, changeStateNames } from '#lib/domain/change-words.ts';
import { decisionNames } from '#lib/domain/review-words.ts';
import type { CampaignStory } from '#lib/queries/review-rows.ts';

const cell =
  'px-1 py-1.5 text-right tabular-nums first:pl-2.5 first:text-left last:pr-2.5 sm:px-2 sm:first:pl-3.5 sm:last:pr-3.5';
const verbNames: Record<ChangeVerb, string> = {
  remove: 'Removed',
  make_eligible: 'Made eligible',
  restore: 'Restored',
};

/** What was decided, and how much of it the tenant shows. */
export function AppliedTable({ story }: { story: CampaignStory }) {
  const { decisions, applied, changes, status } = story;
  const count = (decision: string, bySilence: boolean) =>
    decisions.find((one) => one.decision === decision && one.bySilence === bySilence)?.count ?? 0;
  const held = changes.find(({ state }) => state === 'held')?.count ?? 0;
  const isOver = status === 'closed' || status === 'applying';
  return (
    <>
      <Section aside={isOver ? 'final' : 'submitted so far'} title="Decisions">
        <div className="panel overflow-x-auto">
          <table aria-label="Decisions" className="w-full border-collapse text-sm">
            <thead>
              <Heads names={['Decision', 'By people', 'By silence']} />
            </thead>
            <tbody>
              {itemDecisions.map((decision) => (
                <tr className="border-line border-t" key={decision}>
                  <th className={`${cell} font-[550]`} scope="row">
                    {decisionNames[decision]}
                  </th>
                  <td className={cell}>{count(decision, false).toLocaleString('en')}</td>
                  <td className={cell}>{count(decision, true).toLocaleString('en')}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </Section>
      {isOver && (
        <Section aside="decided against what the tenant shows" title="Applied">
          {applied.length === 0 ? (
            <p className="panel px-3.5 py-2.5 text-sm text-soft">Nothing was to be changed.</p>
          ) : (
            <div className="panel overflow-x-auto">
              <table aria-label="Applied" className="w-full border-collapse text-sm">
                <thead>
                  <Heads names={['What', 'Decided', 'Done', 'Given back', 'To do', 'Blocked', 'Refused']} />
                </thead>
                <tbody>
                  {applied.map((row) => (
                    <tr className="border-line border-t" key={row.verb}>
                      <th className={`${cell} font-[550]`} scope="row">
                        {verbNames[row.verb]}
                      </th>
                      {(['decided', 'done', 'givenBack', 'open', 'blocked', 'refused'] as const).map(
                        (column) => (
                          <td className={cell} key={column}>
                            {row[column].toLocaleString('en')}
                          </td>
                        ),
                      )}
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )}
          {held > 0 && (
            <p className="mt-2 max-w-prose text-sm text-soft">
              {held === 1 ? 'One change is held' : `${held.toLocaleString('en')} changes are held`}:{' '}
              {story.may.release
                ? 'you let them go under Operations. More than ten removals need a second person.'
                : 'an administrator lets them go under Operations.'}
            </p>
          )}
          {changes.length > 0 && (
            <ul aria-label="Outcomes" className="mt-2 text-sm text-soft">
              {changes.map(({ state, outcome, isGivenBack, count: number }) => (
                <li key={`${state} ${outcome} ${isGivenBack}`}>
                  {number.toLocaleString('en')} {changeStateNames[state].toLowerCase()}
                  {outcome && `: ${changeOutcomeNames[outcome].toLowerCase()}`}
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

function Heads({ names }: { names: string[] }) {
  return (
    <tr className="text-faint text-xs">
      {names.map((name) => (
        <th className={`${cell} font-normal`} key={name} scope="col">
          {name}
        </th>
      ))}
    </tr>
  );
}
