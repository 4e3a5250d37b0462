import type { CampaignPlan } from './campaign.ts';

/** The four reviews that most tenants begin with. */
export const templateKeys = ['critical_entra', 'subscription_owners', 'workloads', 'guests'] as const;
export type TemplateKey = (typeof templateKeys)[number];

interface Template {
  name: string;
  /** What it looks at and why, in a sentence. */
  what: string;
  plan: CampaignPlan;
}

/** What most of them have in common. The fallback is for whoever makes the campaign to name. */
const usual: CampaignPlan = {
  ...{ planes: ['entra', 'azure', 'group'], roles: 'critical', scopes: [] },
  ...{ holdings: ['eligible', 'standing', 'time_bound'] },
  ...{ principalKinds: ['member', 'guest', 'group', 'unknown'], only: 'all' },
  ...{ reviewers: ['manager', 'owner_or_sponsor'], named: [], fallback: [] },
  ...{ days: 14, recurrence: { everyDays: 90, timeZone: 'UTC' }, reminders: [7, 2] },
  ...{ silence: 'keep', reasonToKeepCritical: true, apply: 'hold' },
};

export const campaignTemplates: Record<TemplateKey, Template> = {
  critical_entra: {
    name: 'Critical Entra roles',
    what: 'Everybody who holds an Entra role that Microsoft calls privileged, or that can give roles away, asked of their managers.',
    plan: { ...usual, planes: ['entra'] },
  },
  subscription_owners: {
    name: 'Subscription Owners',
    what: 'Owners, User Access Administrators and those who give roles away in Azure, asked of whoever owns the subscription or resource.',
    plan: {
      ...usual,
      planes: ['azure'],
      roles: ['Owner', 'User Access Administrator', 'Role Based Access Control Administrator'],
      principalKinds: [...usual.principalKinds, 'service_principal', 'managed_identity', 'agent'],
      reviewers: ['resource_owner', 'manager', 'owner_or_sponsor'],
    },
  },
  workloads: {
    name: 'Non-human identities',
    what: 'Service principals, managed identities and agents with any role, asked of their owners and sponsors.',
    plan: {
      ...usual,
      roles: [],
      principalKinds: ['service_principal', 'managed_identity', 'agent', 'unknown'],
      reviewers: ['owner_or_sponsor', 'resource_owner'],
      days: 21,
      silence: 'as_recommended',
    },
  },
  guests: {
    name: 'Guests',
    what: 'People from other organisations with any role, also through groups, asked of their sponsors. What nobody decides is removed; nobody is taken out of a group that only gives them a role.',
    plan: {
      ...usual,
      roles: [],
      principalKinds: ['guest'],
      reviewers: ['owner_or_sponsor', 'manager', 'resource_owner'],
      silence: 'remove',
    },
  },
};
