import { findingKinds, findingStates, riskLevels } from '#lib/domain/finding.ts';
import type { FindingFilter } from './finding-rows.ts';

type Query = Record<string, string | string[] | undefined>;

const longestText = 100;
const names = ['state', 'risk', 'kind', 'assignee', 'text'];

/** The filter in a URL; what cannot be read filters nothing. */
export function parseFindingFilter(query: Query): FindingFilter {
  const text = (name: string) => {
    const value = query[name];
    return typeof value === 'string' ? value.replaceAll('\0', '').trim().slice(0, longestText) : '';
  };
  const risk = riskLevels.find((one) => one === text('risk'));
  const kind = findingKinds.find((one) => one === text('kind'));
  const assignee = text('assignee');
  const words = text('text');
  return {
    state: findingStates.find((one) => one === text('state')) ?? 'open',
    ...(risk && { risk }),
    ...(kind && { kind }),
    ...(assignee && { assignee }),
    ...(words && { text: words }),
  };
}

/** The filter's part of the query, as it was typed, for links that keep it. */
export function findingQuery(query: Query): URLSearchParams {
  const kept = new URLSearchParams();
  for (const name of names) {
    const value = query[name];
    if (typeof value === 'string' && value) kept.set(name, value);
  }
  return kept;
}
