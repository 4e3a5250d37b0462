import { roleAtScopeName } from '#components/roles/role-words.ts';
import { decisionNames } from '#lib/domain/review-words.ts';
import type { ItemRow } from '#lib/queries/review-rows.ts';
import type { Fact } from './news.ts';

/** What others decided about the items on a page, as sentences; one's own decisions one knows. `viewer`: a name. */
export function itemFacts(rows: readonly ItemRow[], viewer: string): Fact[] {
  return rows.map((row) => {
    const { decision, decidedByName } = row;
    const isNews = decision !== null && decidedByName !== null && decidedByName !== viewer;
    const what = `${row.principalName}, ${roleAtScopeName(row)}`;
    return {
      id: row.id,
      text: isNews ? `${decidedByName} decided: ${decisionNames[decision]} – ${what}` : '',
    };
  });
}
