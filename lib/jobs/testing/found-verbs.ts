import { and, eq, gt, isNotNull } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { auditEntries } from '#db/schema/audit.ts';
import { childScopes } from '#db/schema/child-scopes.ts';
import { mirrorPolicies } from '#db/schema/mirror.ts';
import { actTokens } from '#db/schema/people.ts';
import { requests } from '#db/schema/requests.ts';

/** What a test of killed engines asks about what is found out beside what people ask for. */
export const foundVerbs = {
  /** How often it is on record that the role works, whether the request says so, and how many tokens are left for it. */
  async usable(requestId: string) {
    const on = and(eq(auditEntries.subjectId, requestId), eq(auditEntries.action, 'request.usable'));
    return {
      told: await db().$count(auditEntries, on),
      known: await db().$count(requests, and(eq(requests.id, requestId), isNotNull(requests.usableAt))),
      tokens: await db().$count(actTokens, eq(actTokens.actId, requestId)),
    };
  },

  /** Policies that were read, and places known below a scope. */
  async learned(scopeId: string) {
    return {
      policies: await db().$count(mirrorPolicies, gt(mirrorPolicies.readAt, new Date(0))),
      places: (
        await db().select().from(childScopes).where(eq(childScopes.parentId, scopeId.toLowerCase()))
      ).map(({ id }) => id),
    };
  },
};
