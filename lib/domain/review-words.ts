import { longestTimeBoundDays } from './access-change.ts';
import type { ApplyMode, CampaignStatus, ItemDecision, ReviewerRule, SilenceMeaning } from './campaign.ts';

/** How things of a review are called on screen and in its evidence. */

export const campaignStatusNames: Record<CampaignStatus, string> = {
  draft: 'Draft',
  scheduled: 'Scheduled',
  open: 'Open',
  applying: 'Applying',
  closed: 'Closed',
  cancelled: 'Cancelled',
};

export const decisionNames: Record<ItemDecision, string> = {
  keep: 'Keep',
  remove: 'Remove',
  make_eligible: 'Make eligible',
  make_time_bound: 'Make time-bound',
};

/** What it comes to, for who has never heard of PIM. */
export const decisionMeans: Partial<Record<ItemDecision, string>> = {
  make_eligible: 'They keep it within reach, and activate it for some hours whenever they need it.',
  make_time_bound: `It goes on as it is, and ends in ${longestTimeBoundDays} days; earlier where the role’s policy says so. Who answers for it is told two weeks before.`,
};

export const reviewerRuleNames: Record<ReviewerRule | 'fallback' | 'handed_on', string> = {
  manager: 'Manager',
  owner_or_sponsor: 'Owner or sponsor',
  resource_owner: 'Owner of the resource',
  role_owner: 'Owner of the role',
  named: 'Named',
  fallback: 'Fallback',
  handed_on: 'Handed on',
};

export const silenceNames: Record<SilenceMeaning, string> = {
  keep: 'Keep',
  remove: 'Remove',
  as_recommended: 'As recommended',
};

export const applyModeNames: Record<ApplyMode, string> = {
  auto: 'At the close',
  hold: 'When an administrator lets them go',
};
