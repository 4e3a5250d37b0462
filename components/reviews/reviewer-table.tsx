import { Chip } from '#components/ui/chip.tsx';
import { Section } from '#components/ui/section.tsx';
import { stacked } from '#components/ui/stacked.ts';
import type { CampaignStory } from '#lib/queries/review-rows.ts';
import { AskInstead, type AskInsteadVerb } from './ask-instead.tsx';
import { countOf } from './count-words.ts';
import { ProgressBar } from './progress-bar.tsx';

interface Props {
  story: CampaignStory;
  ask: AskInsteadVerb;
}

/** Who is asked, with most left first. */
export function ReviewerTable({
  ask,
  story: { id: campaignId, may, reviewers, reviewerCount, status },
}: Props) {
  const overdue = reviewers.filter((one) => one.isOverdue).length;
  const late = overdue > 0 && `${overdue} overdue`;
  const cut = reviewerCount > reviewers.length && `${reviewers.length} with most left of ${reviewerCount}`;
  return (
    <Section
      aside={[late, cut || countOf(reviewerCount, 'person', 'people')].filter(Boolean).join(' · ')}
      title="Reviewers"
    >
      {reviewers.length === 0 ? (
        <p className="panel px-3.5 py-2.5 text-sm text-soft">Nobody is asked.</p>
      ) : (
        <div className="panel">
          <table {...stacked.table} aria-label="Reviewers" className="list-table list-stacked">
            <thead {...stacked.body} className="sr-only">
              <tr {...stacked.row}>
                <th {...stacked.head} scope="col">
                  Reviewer
                </th>
                <th {...stacked.head} scope="col">
                  Progress
                </th>
              </tr>
            </thead>
            <tbody {...stacked.body}>
              {reviewers.map(({ id, name, items, submitted, isOverdue }) => (
                <tr {...stacked.row} key={id}>
                  <td {...stacked.cell}>
                    <bdi>{name}</bdi> {isOverdue && <Chip tone="warn">overdue</Chip>}
                    {may.askInstead && submitted < items && (
                      <AskInstead
                        ask={ask}
                        campaignId={campaignId}
                        from={id}
                        label="Ask somebody else"
                        than={name}
                      />
                    )}
                  </td>
                  <td {...stacked.cell} className="sm:w-[46%]">
                    <ProgressBar drafts={0} items={items} over={status !== 'open'} submitted={submitted} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Section>
  );
}
