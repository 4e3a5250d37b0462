import { isNull } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { accessPolicies } from '#db/schema/posture.ts';
import type { Found } from '#lib/domain/finding.ts';
import { contextWithoutPolicy } from '#lib/domain/findings/context.ts';

/** Authentication contexts that these roles ask for and nothing enforces. */
export async function seekContexts(
  asked: ReadonlyMap<string, { words: string[]; total: number }>,
): Promise<Found[]> {
  if (asked.size === 0) return [];
  const rows = await db()
    .select({ facts: accessPolicies.facts })
    .from(accessPolicies)
    .where(isNull(accessPolicies.goneAt));
  const policies = rows.map(({ facts }) => facts);
  return [...asked].flatMap(([context, roles]) => contextWithoutPolicy(context, roles, policies) ?? []);
}
