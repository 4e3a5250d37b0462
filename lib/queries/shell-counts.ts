import { and, asc, eq, gt, inArray, isNull, sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { clockOffset } from '#db/schema/clock.ts';
import { letterPreferences } from '#db/schema/deliveries.ts';
import { letters } from '#db/schema/letters.ts';
import { requests } from '#db/schema/requests.ts';
import { campaigns, itemReviewers, reviewItems } from '#db/schema/reviews.ts';
import type { Actor } from '#lib/domain/actor.ts';
import { mine } from './columns.ts';
import type { RunningWindow } from './rows.ts';
import { waitingFor } from './waiting-for.ts';

const mostWatched = 20;

interface ShellCounts {
  active: number;
  approvals: number;
  reviews: number;
  /** Letters not read yet, a hundred at the most; and whether any is to be shown by the browser. */
  letters: number;
  browser: boolean;
  /** The viewer's windows that are on, the soonest to end first: every page counts them down. */
  running: { now: Date; windows: RunningWindow[] };
}

/**
 * The numbers beside the navigation: the viewer's active roles and the windows they are on in, what waits for their
 * decision or signature, what of access reviews they have not submitted (a thousand at the most), and their unread
 * letters. One query: it is on every page.
 */
export async function shellCounts(viewer: Actor): Promise<ShellCounts> {
  const active = db()
    .select({ n: sql`count(*)::int` })
    .from(requests)
    .where(and(mine(viewer.objectId), inArray(requests.status, ['active', 'ending'])));
  const asked = db()
    .select({ one: sql`1` })
    .from(campaigns)
    .innerJoin(itemReviewers, eq(itemReviewers.campaignId, campaigns.id))
    .innerJoin(reviewItems, eq(reviewItems.id, itemReviewers.itemId))
    .where(
      and(
        eq(campaigns.status, 'open'),
        eq(itemReviewers.reviewerId, viewer.objectId),
        isNull(itemReviewers.handedToId),
        isNull(reviewItems.submittedAt),
      ),
    )
    .limit(1000);
  const unread = db()
    .select({ one: sql`1` })
    .from(letters)
    .where(and(eq(letters.personId, viewer.objectId), isNull(letters.readAt)))
    .limit(100);
  const browser = db()
    .select({ one: sql`1` })
    .from(letterPreferences)
    .where(
      and(
        eq(letterPreferences.personId, viewer.objectId),
        sql`jsonb_path_exists(${letterPreferences.preferences}, '$.sends.*.browser ? (@ == true)')`,
      ),
    );
  const { id, plane, roleId, scopeId, roleName, scopeName, scopeKind, startsAt, endsAt } = requests;
  const rows = await db()
    .select({
      active: sql<number>`(${active})`,
      approvals: sql<number>`(select count(*)::int from (${waitingFor(viewer.objectId)}) waits)`,
      reviews: sql<number>`(select count(*)::int from (${asked}) asked)`,
      letters: sql<number>`(select count(*)::int from (${unread}) unread)`,
      browser: sql<boolean>`exists (${browser})`,
      now: sql`stint_now()`.mapWith(endsAt),
      window: { id, plane, roleId, scopeId, roleName, scopeName, scopeKind, startsAt, endsAt },
      // Only what Azure has taken on comes by itself; what waits for somebody may not, and its person is reminded.
      isFollowed: sql<boolean>`exists (
        select 1 from requests next
        where next.follows_id = requests.id and next.status in ('scheduled', 'provisioning', 'active'))`,
    })
    .from(clockOffset)
    .leftJoin(
      requests,
      and(mine(viewer.objectId), eq(requests.status, 'active'), gt(endsAt, sql`stint_now()`)),
    )
    .orderBy(asc(endsAt))
    .limit(mostWatched);
  const [first] = rows;
  if (!first) throw new Error('The database did not tell the time.');
  const { active: on, approvals: toDecide, reviews, letters: waiting, browser: shows, now } = first;
  const windows = rows.flatMap(({ window, isFollowed }) =>
    window?.endsAt ? [{ ...window, endsAt: window.endsAt, isFollowed }] : [],
  );
  return {
    active: on,
    approvals: toDecide,
    reviews,
    letters: waiting,
    browser: shows,
    running: { now, windows },
  };
}
