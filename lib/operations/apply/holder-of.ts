import { eq } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';
import { assignments, principals } from '#db/schema/inventory.ts';
import type { ChangeRecord } from './move-change.ts';

/**
 * Who holds the assignment that a change is about: of somebody who has it through a group, that group, which may lie
 * above the one they are in. What is kept with the change names the person it is about.
 */
export async function holderOf(
  from: Reader,
  { kept, wayGroupId }: Pick<ChangeRecord, 'kept' | 'wayGroupId'>,
): Promise<{ id: string; name: string }> {
  const [holder] = await from
    .select({ id: assignments.principalId, name: principals.name })
    .from(assignments)
    .leftJoin(principals, eq(principals.id, assignments.principalId))
    .where(eq(assignments.id, kept.assignmentId));
  const id = holder?.id ?? wayGroupId ?? kept.principalId;
  return { id, name: holder?.name ?? id };
}
