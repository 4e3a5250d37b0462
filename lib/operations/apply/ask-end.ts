import { randomUUID } from 'node:crypto';
import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { assignments, principals } from '#db/schema/inventory.ts';
import { accessChanges } from '#db/schema/reviews.ts';
import type { AssignmentKept } from '#lib/domain/access-change.ts';
import { floorMinutes, plusMinutes } from '#lib/domain/time.ts';
import type { Told } from '#lib/operations/change.ts';
import type { RequestRecord } from '#lib/operations/requests/move.ts';

interface Asked {
  request: RequestRecord;
  /** Kept with the change, for its record and for Azure's own log. */
  because: 'bypassed' | 'ticket_closed';
  /** Who saved the rule by which it ends. */
  by: { id: string; name: string };
  details: Record<string, unknown>;
}

/**
 * Asks the Applier to end one activation. Its switches and guards hold as for any other change; PIM's floor is waited
 * for. null: that is asked for already.
 */
export async function askEnd(
  tx: Tx,
  { request, because, by, details }: Asked,
  now: Date,
): Promise<Told | null> {
  const kept = await keptOf(tx, request);
  const id = randomUUID();
  const floor = plusMinutes(request.startsAt ?? now, floorMinutes);
  const [made] = await tx
    .insert(accessChanges)
    .values({
      ...{ id, requestId: request.id, verb: 'remove', way: 'assignment', state: 'waiting', kept },
      ...{ plane: request.plane, scopeId: request.scopeId, principalId: request.requesterId },
      ...{ askedById: by.id, askedByName: by.name, askedAt: now },
      ...{ progress: { because }, checkAt: floor > now ? floor : now },
    })
    .onConflictDoNothing()
    .returning({ id: accessChanges.id });
  if (!made) return null;
  return {
    action: 'access_change.asked',
    subject: { kind: 'access_change', id },
    details: { because, requestId: request.id, ...details, principalId: request.requesterId },
  };
}

async function keptOf(tx: Tx, request: RequestRecord): Promise<AssignmentKept> {
  const { azureId, endsAt, plane, requesterId, requesterName, roleId, roleName, startsAt } = request;
  const [principal] = await tx
    .select({ kind: principals.kind })
    .from(principals)
    .where(eq(principals.id, requesterId));
  const [listed] = await tx
    .select({ id: assignments.id })
    .from(assignments)
    .where(
      and(
        ...[eq(assignments.principalId, requesterId), eq(assignments.kind, 'activated')],
        ...[eq(assignments.plane, plane), eq(assignments.roleId, roleId), isNull(assignments.goneAt)],
        eq(sql`lower(${assignments.scopeId})`, request.scopeId.toLowerCase()),
      ),
    );
  return {
    ...{ plane, roleId, scopeId: request.scopeId, roleName },
    ...{ scopeName: request.scopeName, scopeKind: request.scopeKind },
    // The inventory may not have read it yet; what is there is looked up when it is taken away.
    ...{
      assignmentId: listed?.id ?? `request ${request.id}`,
      azureId: azureId ?? '',
      scheduleId: null,
      kind: 'activated',
    },
    ...{ principalId: requesterId, principalName: requesterName, principalKind: principal?.kind ?? 'member' },
    ...{ condition: null, conditionVersion: null },
    ...{ startsAt: startsAt?.toISOString() ?? null, endsAt: endsAt?.toISOString() ?? null },
  };
}
