/** When one person is not enough, and who that person is, as SQL: operations ask it, and the page that offers what they do. */
import { type SQL, sql } from 'drizzle-orm';
import { mostRemovalsAlone } from '#lib/domain/review-decision.ts';
import { accountIds } from './own-access.ts';

/**
 * Whether the row of `access_changes` needs a second person: undo, conversion, and removal in bulk. A bulk are removals of
 * one campaign, of one asking outside of any, or asked by one person within a day, in however many portions they are let go.
 */
export function needsSecondPerson(): SQL<boolean> {
  return sql<boolean>`(access_changes.verb <> 'remove' or (select count(*) from (
    select 1 from access_changes other
    where other.verb = 'remove' and case when access_changes.campaign_id is null
      then other.campaign_id is null and other.asked_by_id = access_changes.asked_by_id and other.state = 'held'
      else other.campaign_id = access_changes.campaign_id
        or (other.asked_by_id = any (${accountIds(sql`access_changes.asked_by_id`)})
          and other.asked_at <= access_changes.asked_at
          and other.asked_at > access_changes.asked_at - interval '1 day') end
    limit ${mostRemovalsAlone + 1}) together) > ${mostRemovalsAlone})`;
}

/** Whoever made a campaign or changed its plan, as a JSON array of ids. */
const makers = sql`to_jsonb(c.created_by_id) || c.editor_ids`;

/**
 * Whether the row of `access_changes` was asked for by this person, by whichever of their accounts. What who made a plan
 * asked for, silence for instance, all who made it did.
 */
export function isAskedBy(person: SQL): SQL<boolean> {
  const mine = accountIds(person);
  return sql<boolean>`(access_changes.asked_by_id = any (${mine}) or exists (
    select from campaigns c where c.id = access_changes.campaign_id
      and (${makers}) ? access_changes.asked_by_id and (${makers}) ?| ${mine}))`;
}
