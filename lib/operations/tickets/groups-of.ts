import { and, eq, isNull, ne, notExists, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Reader } from '#db/client.ts';
import { principals, responsibles } from '#db/schema/inventory.ts';
import { effectiveMembers } from '#db/schema/posture.ts';

/**
 * Names of the groups a person is in, through however many groups, as the last reading of the tenant has it. Ticket
 * systems know groups by name, and a name is anybody's to give: left out are groups that another group is called like,
 * and those the person owns, who could name them so.
 */
export async function groupsOf(from: Reader, personId: string): Promise<string[]> {
  const twin = alias(principals, 'twin');
  const isTwin = and(
    eq(sql`lower(${twin.name})`, sql`lower(${principals.name})`),
    ...[eq(twin.kind, 'group'), ne(twin.id, principals.id), isNull(twin.goneAt)],
  );
  const isOwned = and(
    ...[eq(responsibles.principalId, principals.id), eq(responsibles.responsibleId, personId)],
    ...[eq(responsibles.as, 'owner'), isNull(responsibles.goneAt)],
  );
  const rows = await from
    .select({ name: principals.name })
    .from(effectiveMembers)
    .innerJoin(principals, eq(principals.id, effectiveMembers.groupId))
    .where(
      and(
        ...[eq(effectiveMembers.memberId, personId), isNull(principals.goneAt)],
        notExists(from.select({ id: twin.id }).from(twin).where(isTwin)),
        notExists(from.select({ id: responsibles.principalId }).from(responsibles).where(isOwned)),
      ),
    );
  return rows.map(({ name }) => name);
}
