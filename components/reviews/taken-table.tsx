import Link from 'next/link';
import { Section } from '#components/ui/section.tsx';
import { stacked } from '#components/ui/stacked.ts';
import { changeOutcomeNames, changeStateNames, undoWords } from '#lib/domain/change-words.ts';
import { decisionNames } from '#lib/domain/review-words.ts';
import type { CampaignReport } from '#lib/queries/review-rows.ts';

const cell = 'block px-3.5 py-0.5 md:table-cell md:px-2.5 md:py-2 md:align-top md:first:pl-3.5';

interface Props {
  campaignId: string;
  rows: CampaignReport['taken'];
  count: number;
}

/** What was taken away or made eligible, by whom, why, and what became of it. */
export function TakenTable({ campaignId, rows, count }: Props) {
  if (rows.length === 0) return null;
  const aside =
    rows.length < count
      ? `the first ${rows.length} of ${count.toLocaleString('en')}; all are in the evidence pack`
      : String(count);
  return (
    <Section aside={aside} title="Taken away">
      <div className="panel overflow-hidden">
        <table
          {...stacked.table}
          aria-label="Taken away"
          className="block w-full border-collapse text-sm md:table md:table-fixed"
        >
          <thead {...stacked.body} className="sr-only md:not-sr-only md:table-header-group">
            <tr {...stacked.row}>
              {['From', 'What', 'Why', 'State'].map((head) => (
                <th
                  {...stacked.head}
                  className="px-2.5 pt-2.5 pb-1.5 text-left font-normal text-faint text-xs first:pl-3.5"
                  key={head}
                  scope="col"
                >
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody {...stacked.body} className="block md:table-row-group">
            {rows.map((row) => (
              <tr
                {...stacked.row}
                className="block border-line border-t py-2 first:border-t-0 md:table-row md:py-0 md:first:border-t"
                key={row.id}
              >
                <td {...stacked.cell} className={cell}>
                  <Link
                    className="link inline-flex min-h-6 items-center font-[550]"
                    href={`/reviews/${campaignId}/items/${row.id}`}
                    prefetch={false}
                  >
                    <bdi>{row.principalName}</bdi>
                  </Link>
                </td>
                <td {...stacked.cell} className={`${cell} wrap-anywhere`}>
                  {row.roleName} <span className="text-soft">{row.scopeName}</span>
                </td>
                <td {...stacked.cell} className={`${cell} wrap-anywhere`}>
                  {decisionNames[row.decision]}{' '}
                  <span className="text-soft">
                    {row.bySilence ? 'by silence' : row.decidedByName && `by ${row.decidedByName}`}
                    {row.rationale && `: “${row.rationale}”`}
                  </span>
                </td>
                <td {...stacked.cell} className={`${cell} text-soft`}>
                  {stateWords(row.change)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  );
}

function stateWords(change: CampaignReport['taken'][number]['change']): string {
  if (!change) return 'not asked of Azure';
  const outcome = change.outcome ? `: ${changeOutcomeNames[change.outcome].toLowerCase()}` : '';
  const undo = change.undo ? `; ${undoWords(change.undo).toLowerCase()}` : '';
  return `${changeStateNames[change.state]}${outcome}${undo}`;
}
