import { and, eq, isNull } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';
import { principals } from '#db/schema/inventory.ts';
import { effectiveMembers } from '#db/schema/posture.ts';

/** Names of the groups a person is in, through however many groups, as the last reading of the tenant has it. */
export async function groupsOf(from: Reader, personId: string): Promise<string[]> {
  const rows = await from
    .select({ name: principals.name })
    .from(effectiveMembers)
    .innerJoin(principals, eq(principals.id, effectiveMembers.groupId))
    .where(and(eq(effectiveMembers.memberId, personId), isNull(principals.goneAt)));
  return rows.map(({ name }) => name);
}
