import { randomUUID } from 'node:crypto';
import { expect } from '#e2e/fixtures/expect.ts';
import { type Action, type Visitor, verdict } from './visitor.ts';

/** Reviews to knock at: open with an item that is asked of Petra Holm alone, a draft, and one given up. */
export interface ReviewsAtHand {
  open: string;
  draft: string;
  cancelled: string;
  item: string;
}

/** What guests hold: somebody else's access for everybody who signs in here. */
export const guestRoles = {
  ...{ planes: ['entra', 'azure', 'group'], roles: [], scopes: [], principalKinds: ['guest'], only: 'all' },
  holdings: ['eligible', 'standing', 'time_bound'],
  ...{
    reviewers: ['named'],
    named: ['petra.holm@contoso.example'],
    fallback: ['mira.novak@contoso.example'],
  },
  ...{
    days: 14,
    recurrence: null,
    reminders: [],
    silence: 'keep',
    reasonToKeepCritical: true,
    apply: 'hold',
  },
};

/** What `makeReview` takes for a new one. */
export function newReview(status: 'draft' | 'scheduled' = 'draft') {
  return { id: randomUUID(), version: null, name: 'A1', plan: guestRoles, opensAt: null, status };
}

/** Has an administrator make them, once the tenant has been read to its end. */
export async function makesReviews(
  administrator: Visitor,
  petra: Visitor,
  built: Map<string, Action>,
): Promise<ReviewsAtHand> {
  const posture = async () => (await administrator.get('/posture')).text();
  await expect.poll(posture, { timeout: 30_000 }).toContain('Last full reading');
  const acts = async (name: string, arg: unknown) =>
    expect(await verdict(await administrator.act(built.get(name) as Action, [arg])), name).toBe('ok');
  const [open, draft, cancelled] = [newReview('scheduled'), newReview(), newReview()];
  for (const one of [open, draft, cancelled]) await acts('makeReview', one);
  await acts('cancelReview', cancelled.id);
  const items = await (await petra.get(`/reviews/${open.id}/items`)).text();
  const item = new RegExp(`/reviews/${open.id}/items/([\\da-f-]{36})`).exec(items)?.[1];
  if (!item) throw new Error('Petra is asked nothing.');
  return { open: open.id, draft: draft.id, cancelled: cancelled.id, item };
}
