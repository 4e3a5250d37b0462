import { sql } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { slices } from '#db/slices.ts';
import type { LetterFacts } from '#lib/domain/letter.ts';
import { type Letter, tell } from '#lib/operations/letters/tell.ts';
import type { Campaign } from './lock-campaign.ts';

type Told = Extract<Letter['kind'], 'asked_to_review' | 'review_reminder' | 'review_handed_on'>;

/** A letter about somebody's items in a campaign. `of` names the event among those of its kind. */
export function reviewLetter(
  { id, name, closesAt }: Pick<Campaign, 'id' | 'name' | 'closesAt'>,
  kind: Told,
  to: string,
  of: string,
  more: Pick<LetterFacts, 'count' | 'byName' | 'text'>,
): Letter {
  const facts = { campaignId: id, campaignName: name, closesAt: closesAt.toISOString(), ...more };
  return { kind, to, requestId: null, of: `${id} ${of}`, facts };
}

/**
 * Tells everybody who is asked in a campaign, or for a reminder who has something left to submit, of how many items.
 * Returns who they are.
 */
export async function tellReviewers(
  tx: Tx,
  campaign: Pick<Campaign, 'id' | 'name' | 'closesAt'>,
  kind: 'asked_to_review' | 'review_reminder',
  of = '',
): Promise<string[]> {
  const result = await tx.execute(sql`
    select r.reviewer_id as id, count(*)::int as count
    from item_reviewers r join review_items i on i.id = r.item_id
    where r.campaign_id = ${campaign.id} and r.handed_to_id is null
      and (${kind === 'asked_to_review'} or i.submitted_at is null)
    group by 1 order by 1`);
  const { rows } = result as unknown as { rows: { id: string; count: number }[] };
  for (const some of slices(rows))
    await tell(
      tx,
      some.map(({ id, count }) => reviewLetter(campaign, kind, id, of, { count })),
    );
  return rows.map(({ id }) => id);
}
