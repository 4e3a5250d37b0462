import { itemDecisions } from '#lib/domain/campaign.ts';
import type { AllItemsFilter, ItemFilter } from './review-rows.ts';

type Query = Record<string, string | string[] | undefined>;

const longestText = 100;
const names = ['order', 'state', 'recommendation', 'decision', 'text'];
const states = ['undecided', 'draft', 'submitted'] as const;

/** The filter in a URL; what cannot be read filters nothing. */
export function parseItemFilter(query: Query): ItemFilter {
  const word = wordOf(query);
  const state = states.find((one) => one === word('state'));
  const recommendation = itemDecisions.find((one) => one === word('recommendation'));
  const text = word('text');
  return {
    order: word('order') === 'role' ? 'role' : 'person',
    ...(state && { state }),
    ...(recommendation && { recommendation }),
    ...(text && { text }),
  };
}

/** The same for all items of a campaign. */
export function parseAllItemsFilter(query: Query): AllItemsFilter {
  const word = wordOf(query);
  const state = ([...states, 'silence'] as const).find((one) => one === word('state'));
  const decision = itemDecisions.find((one) => one === word('decision'));
  const text = word('text');
  return { ...(state && { state }), ...(decision && { decision }), ...(text && { text }) };
}

function wordOf(query: Query): (name: string) => string {
  return (name) => {
    const value = query[name];
    return typeof value === 'string' ? value.replaceAll('\0', '').trim().slice(0, longestText) : '';
  };
}

/** The filter's part of the query, as it was typed, for links that keep it. */
export function itemQuery(query: Query): URLSearchParams {
  const kept = new URLSearchParams();
  for (const name of names) {
    const value = query[name];
    if (typeof value === 'string' && value) kept.set(name, value);
  }
  return kept;
}
