import { planes } from '#lib/domain/plane.ts';
import { requestStatuses } from '#lib/domain/request.ts';
import { minute } from '#lib/domain/time.ts';
import type { HistoryFilter } from './rows.ts';

export type Query = Record<string, string | string[] | undefined>;

const longestText = 100;
const dayMinutes = 1440;
const day = /^[12]\d{3}-\d{2}-\d{2}$/;

/** The filter in a URL. Days are days of UTC, both included; what cannot be read filters nothing. */
export function parseHistoryFilter(query: Query): HistoryFilter {
  const text = (name: string) => {
    const value = query[name];
    return typeof value === 'string' ? value.replaceAll('\0', '').trim().slice(0, longestText) : '';
  };
  const person = text('person');
  const role = text('role');
  const plane = planes.find((one) => one === text('plane'));
  const status = requestStatuses.find((one) => one === text('status'));
  const from = dayOf(text('from'));
  const to = dayOf(text('to'));
  return {
    ...(person && { person }),
    ...(role && { role }),
    ...(plane && { plane }),
    ...(status && { status }),
    ...(from && { from }),
    ...(to && { to: new Date(to.getTime() + dayMinutes * minute) }),
  };
}

function dayOf(text: string): Date | null {
  if (!day.test(text)) return null;
  const at = new Date(`${text}T00:00:00Z`);
  return Number.isNaN(at.getTime()) || !at.toISOString().startsWith(text) ? null : at;
}

/** The filter's part of the query, as it was typed, for links that keep it. */
export function filterQuery(query: Query): URLSearchParams {
  const kept = new URLSearchParams();
  for (const name of ['person', 'role', 'plane', 'status', 'from', 'to']) {
    const value = query[name];
    if (typeof value === 'string' && value) kept.set(name, value);
  }
  return kept;
}
