import { and, asc, eq, gt, inArray, lte, or, sql } from 'drizzle-orm';
import { roleKey } from '#lib/domain/assignment.ts';
import { filedAheadDays, type OnCallRole, remindMinutes } from '#lib/domain/on-call.ts';
import { isLive, liveStatuses, type RequestStatus } from '#lib/domain/request.ts';
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
  /** Stint's time when this was read. */
  now: Date;
  window: Pick<typeof onCallWindows.$inferSelect, 'id' | 'justification' | 'ticketNumber'>;
  startsAt: Date;
  endsAt: Date;
  refusal: string | null;
  /** Whether that is for now only. */
  refusalPasses: boolean;
  roles: RoleAhead[];
}

/**
 * A person's occurrences of windows that are not paused, as far ahead as PIM files: of each window the first that is not
 * over, and all that are on now or near enough to be reminded of; or the one that is named.
 */
export async function occurrencesAhead(
  from: Reader,
  personId: string,
  named?: string,
): Promise<OccurrenceAhead[]> {
  const { id, windowId, startsAt, endsAt, refusal, refusalPasses } = onCallOccurrences;
  const ahead = from
    .select({
      ...{ id, windowId, startsAt, endsAt, refusal, refusalPasses },
      turn: sql<number>`row_number() over (partition by ${windowId} order by ${startsAt})`.as('turn'),
    })
    .from(onCallOccurrences)
    .where(
      and(
        eq(onCallOccurrences.personId, personId),
        eq(onCallOccurrences.state, 'planned'),
        gt(endsAt, sql`stint_now()`),
        lte(startsAt, sql`stint_now() + make_interval(days => ${filedAheadDays})`),
      ),
    )
    .as('ahead');
  const isNear = lte(ahead.startsAt, sql`stint_now() + make_interval(mins => ${remindMinutes})`);
  const { roles, justification, ticketNumber } = onCallWindows;
  const rows = await from
    .select({
      occurrence: {
        id: ahead.id,
        startsAt: ahead.startsAt,
        endsAt: ahead.endsAt,
        refusal: ahead.refusal,
        refusalPasses: ahead.refusalPasses,
      },
      now: sql`stint_now()`.mapWith(onCallOccurrences.startsAt),
      window: { id: onCallWindows.id, justification, ticketNumber },
      roles,
    })
    .from(ahead)
    .innerJoin(onCallWindows, eq(onCallWindows.id, ahead.windowId))
    .where(
      and(eq(onCallWindows.status, 'running'), named ? eq(ahead.id, named) : or(eq(ahead.turn, 1), isNear)),
    )
    .orderBy(asc(ahead.startsAt), asc(ahead.id));
  if (rows.length === 0) return [];
  const asked = await askedOf(
    from,
    personId,
    rows.map(({ occurrence }) => occurrence.id),
  );
  const taken = new Set(asked.filter(({ status }) => isLive(status)).map(roleKey));
  return rows.map(({ occurrence, roles: held, ...facts }) => {
    const own = asked.filter(({ occurrenceId }) => occurrenceId === occurrence.id);
    const withStatus = held.map((role) => ({
      ...role,
      status: own.findLast((request) => roleKey(request) === roleKey(role))?.status ?? null,
      isTaken: taken.has(roleKey(role)),
    }));
    return { ...occurrence, ...facts, roles: withStatus };
  });
}

/** The person's requests for these occurrences, and whatever else of theirs is live, in the order they were filed. */
function askedOf(from: Reader, personId: string, occurrenceIds: string[]) {
  const { plane, roleId, scopeId, status, occurrenceId } = requests;
  return from
    .select({ plane, roleId, scopeId, status, occurrenceId })
    .from(requests)
    .where(
      and(
        eq(requests.requesterId, personId),
        or(inArray(occurrenceId, occurrenceIds), inArray(status, [...liveStatuses])),
      ),
    )
    .orderBy(asc(requests.filedAt), asc(requests.id));
}

/** The first occurrence ahead for each role at its place, unless it is taken, was asked for, or was refused for good. */
export function nextOfEach(
  ahead: readonly OccurrenceAhead[],
): { occurrence: OccurrenceAhead; roles: RoleAhead[] }[] {
  const claimed = new Set<string>();
  return ahead.flatMap((occurrence) => {
    const free = occurrence.roles.filter((role) => !claimed.has(roleKey(role)));
    for (const role of free) claimed.add(roleKey(role));
    const { startsAt, now, refusal, refusalPasses } = occurrence;
    // What is on already waits for the person’s own click.
    if (startsAt <= now || (refusal && !refusalPasses)) return [];
    const roles = free.filter(({ isTaken, status }) => !isTaken && status === null);
    return roles.length > 0 ? [{ occurrence, roles }] : [];
  });
}
