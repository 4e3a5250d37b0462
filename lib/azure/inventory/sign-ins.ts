import type { GraphCalls } from '#lib/azure/graph/calls.ts';
import { momentOf } from '#lib/azure/schedule.ts';
import { type Harvest, harvest } from '#lib/domain/inventory.ts';

interface SignInRow {
  appId?: string;
  applicationAuthenticationClientSignInActivity?: { lastSignInDateTime?: string | null } | null;
}

/**
 * When applications last signed in as themselves. Roles of their own are used only so: neither what people do through
 * an application counts, nor that others called it. Beta only, by client id (addendum A3).
 */
export async function readWorkloadSignIns(graph: GraphCalls, cursor: string | null): Promise<Harvest> {
  const first = '/beta/reports/servicePrincipalSignInActivities?$top=999';
  const { rows, next } = await graph.page<SignInRow>(cursor ?? first);
  const signIns = rows.flatMap(({ appId, applicationAuthenticationClientSignInActivity: own }) => {
    const at = momentOf(own?.lastSignInDateTime);
    // Graph writes the year 1 for never.
    return appId && at && at.getTime() > 0 ? [{ appId: appId.toLowerCase(), at }] : [];
  });
  return harvest({ signIns, next });
}
