import type { ScheduleRequest, State } from '#lib/emulator/state.ts';

/** A request of one of these never changes again. */
const final = new Set([
  'Provisioned',
  'Revoked',
  'Denied',
  'Canceled',
  'TimedOut',
  'Failed',
  'FailedAsResourceIsLocked',
  'AdminApproved',
  'AdminDenied',
]);

interface Index {
  count: number;
  last: ScheduleRequest | undefined;
  open: Set<ScheduleRequest>;
}

const indexes = new WeakMap<ScheduleRequest[], Index>();

/** The requests of a status that is not final, in the order they were filed: asked before every answer, and most are long done. */
export function openRequests({ requests }: State, status: string): ScheduleRequest[] {
  let index = indexes.get(requests);
  if (!index || index.count > requests.length || requests[index.count - 1] !== index.last) {
    index = { count: 0, last: undefined, open: new Set() };
    indexes.set(requests, index);
  }
  for (; index.count < requests.length; index.count += 1) {
    index.last = requests[index.count];
    if (index.last) index.open.add(index.last);
  }
  const found: ScheduleRequest[] = [];
  for (const request of index.open) {
    if (final.has(request.status)) index.open.delete(request);
    else if (request.status === status) found.push(request);
  }
  return found;
}
