/** Which quota a call counts against, and how much. Sources: Microsoft Graph service limits (identity), Azure Resource Manager request limits. */
import type { Rate } from './budget.ts';

export interface Charge {
  /** What shares one quota has one key. */
  key: string;
  cost: number;
  rate: Rate;
}

/** The rest is for looks and watches, which the Reader makes beside a reading. */
const share = 0.9;

const costs: readonly (readonly [RegExp, number])[] = [
  [/^\/groups\/[^/]+\/transitiveMembers/i, 5],
  [/^\/groups\/[^/]+\/members/i, 3],
  [/^\/servicePrincipals\/[^/]+\/appRoleAssign/i, 2],
  [/^\/oauth2PermissionGrants/i, 2],
  [/^\/(users|groups|applications|servicePrincipals)\/?$/i, 2],
];

/** Graph counts resource units for each application and tenant in ten seconds; larger tenants (people) are given more. */
export function graphCharge(url: string, people: number): Charge {
  const { pathname, searchParams } = new URL(url);
  const path = pathname.replace(/^\/(v1\.0|beta)/i, '');
  const base = costs.find(([shape]) => shape.test(path))?.[1] ?? 1;
  const cost = Math.max(1, base + Number(searchParams.has('$expand')) - Number(searchParams.has('$select')));
  const units = (people > 500 ? 8000 : people >= 50 ? 5000 : 3500) * share;
  return { key: 'graph', cost, rate: { atOnce: units, perSecond: units / 10 } };
}

/** Resource Manager counts reads for each caller and subscription, and those of no subscription for the tenant. */
export function armCharge(url: string): Charge {
  const subscription = /\/subscriptions\/([^/]+)/i.exec(new URL(url).pathname)?.[1]?.toLowerCase();
  return { key: subscription ?? 'tenant', cost: 1, rate: { atOnce: 250 * share, perSecond: 25 * share } };
}
