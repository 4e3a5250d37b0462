import { and, asc, eq, gt, inArray, lte, sql } from 'drizzle-orm';
import { roleKey } from '#lib/domain/assignment.ts';
import { filedAheadDays, type OnCallRole } from '#lib/domain/on-call.ts';
import { liveStatuses, type RequestStatus } from '#lib/domain/request.ts';
import type { Reader } from './client.ts';
import { onCallOccurrences, onCallWindows } from './schema/on-call.ts';
import { requests } from './schema/requests.ts';

/** A role of an occurrence, and what was asked for it so far. */
export interface RoleAhead extends OnCallRole {
  /** Of the last request for this very occurrence; null: none yet. */
  status: RequestStatus | null;
  /** Something of the person’s is live for this role at this place, for whatever occurrence. */
  isTaken: boolean;
}

export interface OccurrenceAhead {
  id: string;
  window: typeof onCallWindows.$inferSelect;
  startsAt: Date;
  endsAt: Date;
  refusal: string | null;
  roles: RoleAhead[];
}

/** A person's occurrences that are on now, or near enough for PIM to take; of windows that are not paused. */
export async function occurrencesAhead(from: Reader, personId: string): Promise<OccurrenceAhead[]> {
  const rows = await from
    .select({ occurrence: onCallOccurrences, window: onCallWindows })
    .from(onCallOccurrences)
    .innerJoin(onCallWindows, eq(onCallWindows.id, onCallOccurrences.windowId))
    .where(
      and(
        eq(onCallOccurrences.personId, personId),
        eq(onCallOccurrences.state, 'planned'),
        eq(onCallWindows.status, 'running'),
        gt(onCallOccurrences.endsAt, sql`stint_now()`),
        lte(onCallOccurrences.startsAt, sql`stint_now() + make_interval(days => ${filedAheadDays})`),
      ),
    )
    .orderBy(asc(onCallOccurrences.startsAt), asc(onCallOccurrences.id));
  if (rows.length === 0) return [];
  const ids = rows.map(({ occurrence }) => occurrence.id);
  const [asked, live] = await Promise.all([
    from
      .select()
      .from(requests)
      .where(inArray(requests.occurrenceId, ids))
      .orderBy(asc(requests.filedAt), asc(requests.id)),
    from
      .select({ plane: requests.plane, roleId: requests.roleId, scopeId: requests.scopeId })
      .from(requests)
      .where(and(eq(requests.requesterId, personId), inArray(requests.status, [...liveStatuses]))),
  ]);
  const taken = new Set(live.map(roleKey));
  return rows.map(({ occurrence: { id, startsAt, endsAt, refusal }, window }) => {
    const own = asked.filter(({ occurrenceId }) => occurrenceId === id);
    const roles = window.roles.map((role) => ({
      ...role,
      status: own.findLast((request) => roleKey(request) === roleKey(role))?.status ?? null,
      isTaken: taken.has(roleKey(role)),
    }));
    return { id, window, startsAt, endsAt, refusal, roles };
  });
}

/** The first occurrence ahead for each role at its place, unless it is taken, was asked for, or was refused already. */
export function nextOfEach(
  ahead: readonly OccurrenceAhead[],
  now: Date,
): { occurrence: OccurrenceAhead; roles: RoleAhead[] }[] {
  const claimed = new Set<string>();
  return ahead.flatMap((occurrence) => {
    const free = occurrence.roles.filter((role) => !claimed.has(roleKey(role)));
    for (const role of free) claimed.add(roleKey(role));
    // What is on already waits for the person's own click.
    if (occurrence.startsAt <= now || occurrence.refusal) return [];
    const roles = free.filter(({ isTaken, status }) => !isTaken && status === null);
    return roles.length > 0 ? [{ occurrence, roles }] : [];
  });
}
