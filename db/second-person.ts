/** When one person is not enough, as SQL: the operation asks it, and the page that would offer what it refuses. */
import { type SQL, sql } from 'drizzle-orm';

/**
 * More removals of one campaign, of one asking outside of any, or asked by one person within a day, are a bulk, in however
 * many portions they are let go.
 */
const bulk = 10;

/** Whether the row of `access_changes` needs a second person: undo, conversion, and removal in bulk. */
export function needsSecondPerson(): SQL<boolean> {
  return sql<boolean>`(access_changes.verb <> 'remove' or (select count(*) from (
    select 1 from access_changes other
    where other.verb = 'remove' and case when access_changes.campaign_id is null
      then other.campaign_id is null and other.asked_by_id = access_changes.asked_by_id and other.state = 'held'
      else other.campaign_id = access_changes.campaign_id
        or (other.asked_by_id = access_changes.asked_by_id and other.asked_at <= access_changes.asked_at
          and other.asked_at > access_changes.asked_at - interval '1 day') end
    limit ${bulk + 1}) together) > ${bulk})`;
}
