import { Ago } from '#components/ui/ago.tsx';
import { Section } from '#components/ui/section.tsx';
import { decisionNames } from '#lib/domain/review-words.ts';
import type { ReviewsOverview as Overview } from '#lib/queries/review-rows.ts';
import { AppliedNumbers } from './applied-numbers.tsx';
import { countOf } from './count-words.ts';
import { NumberTable } from './number-table.tsx';
import { ProgressBar } from './progress-bar.tsx';

/** All reviews at a glance: what is open, who is late, what was decided, and how much of it the tenant shows. */
export function ReviewsOverview({ overview }: { overview: Overview }) {
  const { open, decisions, applied, months } = overview;
  return (
    <>
      <Section aside={countOf(open.campaigns, 'review')} title="Open now">
        <div className="panel grid gap-2 px-4 py-3.5">
          {open.items > 0 ? (
            <ProgressBar drafts={open.drafts} items={open.items} over={false} submitted={open.submitted} />
          ) : (
            <p className="text-sm text-soft">Nothing is waiting for anybody.</p>
          )}
          {open.overdue > 0 && <Overdue overview={overview} />}
        </div>
      </Section>
      <div className="grid grid-cols-1 gap-x-6 lg:grid-cols-2">
        <Section aside="submitted, or settled by silence" title="Decided">
          <NumberTable
            heads={['Decision', 'By people', 'By silence']}
            label="Decided in all reviews"
            rows={decisions.map(({ decision, byPeople, bySilence }) => ({
              name: decisionNames[decision],
              numbers: [byPeople, bySilence],
            }))}
          />
        </Section>
        <Section aside="decided against what the tenant shows" title="Applied, of all">
          <AppliedNumbers applied={applied} label="Applied in all reviews" />
        </Section>
      </div>
      {months.length > 0 && (
        <Section aside="by the month in which they closed" title="Over time">
          <NumberTable
            heads={['Month', 'Reviews', 'Assignments', 'To change', 'Done', 'Given back']}
            label="Reviews by month"
            rows={months.map((one) => ({
              name: one.month,
              numbers: [one.campaigns, one.items, one.taken, one.done, one.givenBack],
            }))}
          />
        </Section>
      )}
    </>
  );
}

/** They were reminded, and something is left. */
function Overdue({ overview: { open, overdue, now } }: { overview: Overview }) {
  return (
    <details className="text-sm">
      <summary className="w-fit py-1 text-warn">
        {countOf(open.overdue, 'person is', 'people are')} overdue: reminded, and not done
      </summary>
      <ul aria-label="Overdue" className="grid gap-0.5 text-soft">
        {overdue.map(({ id, name, left, campaigns, closesAt }) => (
          <li key={id}>
            <bdi className="text-ink">{name}</bdi>: {countOf(left, 'item')} left
            {campaigns > 1 && ` in ${campaigns} reviews`}, the first closes <Ago at={closesAt} now={now} />
          </li>
        ))}
        {open.overdue > overdue.length && <li>and {open.overdue - overdue.length} more</li>}
      </ul>
    </details>
  );
}
