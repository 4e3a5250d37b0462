import { planes } from '#lib/domain/plane.ts';
import { requestStatuses } from '#lib/domain/request.ts';
import type { HistoryFilter } from './rows.ts';

const longest = 200;
const day = /^[12]\d{3}-\d{2}-\d{2}$/;

/**
 * Reads a filter from a URL's query: `person`, `role`, `plane`, `status`, `from` and `to` (days in UTC, `to`
 * inclusive). What cannot be read is left out, so that a mangled link shows more, never an error.
 */
export function readHistoryFilter(query: URLSearchParams): HistoryFilter {
  const text = (name: string) => query.get(name)?.trim().slice(0, longest).replaceAll('\0', '') || undefined;
  const date = (name: string, plusDays: number) => {
    const value = query.get(name) ?? '';
    const at = day.test(value) ? new Date(`${value}T00:00:00Z`) : null;
    return at && !Number.isNaN(at.getTime()) ? new Date(at.getTime() + plusDays * 86_400_000) : undefined;
  };
  const filter = {
    person: text('person'),
    role: text('role'),
    plane: planes.find((plane) => plane === query.get('plane')),
    status: requestStatuses.find((status) => status === query.get('status')),
    from: date('from', 0),
    to: date('to', 1),
  };
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));
}
