import Link from 'next/link';
import { Section } from '#components/ui/section.tsx';
import { StackedCell, StackedRow, StackedTable } from '#components/ui/stacked-table.tsx';
import { When } from '#components/ui/when.tsx';
import { changeOutcomeNames, changeStateNames, undoWords } from '#lib/domain/change-words.ts';
import { decisionNames } from '#lib/domain/review-words.ts';
import type { CampaignReport } from '#lib/queries/review-rows.ts';

interface Props {
  campaignId: string;
  rows: CampaignReport['taken'];
  count: number;
}

/** What was taken away, made eligible or given an end, by whom, why, and what became of it. */
export function TakenTable({ campaignId, rows, count }: Props) {
  if (rows.length === 0) return null;
  const aside =
    rows.length < count
      ? `the first ${rows.length} of ${count.toLocaleString('en')}; all are in the evidence pack`
      : String(count);
  return (
    <Section aside={aside} title="Taken away">
      <StackedTable heads={['From', 'What', 'Why', 'State']} label="Taken away">
        {rows.map((row) => (
          <StackedRow key={row.id}>
            <StackedCell>
              <Link
                className="link inline-flex min-h-6 items-center font-[550]"
                href={`/reviews/${campaignId}/items/${row.id}`}
                prefetch={false}
              >
                <bdi>{row.principalName}</bdi>
              </Link>
            </StackedCell>
            <StackedCell look="wrap-anywhere">
              {row.roleName} <span className="text-soft">{row.scopeName}</span>
            </StackedCell>
            <StackedCell look="wrap-anywhere">
              {decisionNames[row.decision]}{' '}
              <span className="text-soft">
                {row.bySilence ? 'by silence' : row.decidedByName && `by ${row.decidedByName}`}
                {row.rationale && `: “${row.rationale}”`}
              </span>
            </StackedCell>
            <StackedCell look="text-soft">
              {stateWords(row.change)}
              {row.change?.endsAt && (
                <>
                  , ends <When at={row.change.endsAt} />
                </>
              )}
            </StackedCell>
          </StackedRow>
        ))}
      </StackedTable>
    </Section>
  );
}

function stateWords(change: CampaignReport['taken'][number]['change']): string {
  if (!change) return 'not asked of Azure';
  const outcome = change.outcome ? `: ${changeOutcomeNames[change.outcome].toLowerCase()}` : '';
  const undo = change.undo ? `; ${undoWords(change.undo).toLowerCase()}` : '';
  return `${changeStateNames[change.state]}${outcome}${undo}`;
}
