import { and, asc, desc, eq, inArray, ne } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import { mirrorPolicies, mirrorRoles } from '#db/schema/mirror.ts';
import { people } from '#db/schema/people.ts';
import { decisions, requestApprovers, requests } from '#db/schema/requests.ts';
import type { Actor } from '#lib/domain/actor.ts';
import { roleKey } from '#lib/domain/assignment.ts';
import { dangersOf } from '#lib/domain/risk.ts';
import type { RoleDefinition } from '#lib/domain/role-definition.ts';
import { approvalHours, minutesBetween, plusMinutes } from '#lib/domain/time.ts';
import { approversOf } from './columns.ts';
import { readings } from './readings.ts';
import type { ApprovalCard, ApprovalQueue, DecidedRow } from './rows.ts';

const mostCards = 100;
const mostDecided = 30;

/** What waits for the viewer's decision on all three planes, and what was decided lately of what they could decide. */
export async function approvalQueue(viewer: Actor): Promise<ApprovalQueue> {
  const [now, reading, waiting, decided] = await Promise.all([
    clock(db()),
    readings(`approvals:${viewer.objectId}`),
    cards(viewer),
    lately(viewer),
  ]);
  return { now, ...reading, waiting, decided };
}

async function cards(viewer: Actor): Promise<ApprovalCard[]> {
  const rows = await db()
    .select({
      request: requests,
      person: people,
      definition: mirrorRoles.definition,
      known: mirrorPolicies.facts,
    })
    .from(requestApprovers)
    .innerJoin(requests, eq(requests.id, requestApprovers.requestId))
    .leftJoin(people, eq(people.objectId, requests.requesterId))
    .leftJoin(
      mirrorRoles,
      and(eq(mirrorRoles.plane, requests.plane), eq(mirrorRoles.roleId, requests.roleId)),
    )
    .leftJoin(
      mirrorPolicies,
      and(
        eq(mirrorPolicies.plane, requests.plane),
        eq(mirrorPolicies.roleId, requests.roleId),
        eq(mirrorPolicies.scopeId, requests.scopeId),
      ),
    )
    .where(
      and(
        eq(requestApprovers.approverId, viewer.objectId),
        eq(requests.status, 'awaiting_approval'),
        ne(requests.requesterId, viewer.objectId),
      ),
    )
    .orderBy(asc(requests.filedAt))
    .limit(mostCards);
  const ids = rows.map(({ request }) => request.id);
  const [approvers, open, before] = await Promise.all([
    approversOf(rows.map(({ request }) => request)),
    intents(ids),
    earlier(rows.map(({ request }) => request)),
  ]);
  return rows.map(({ request, person, definition, known }) => {
    const { id, plane, roleId, scopeId, roleName, scopeName, scopeKind } = request;
    const intent = open.find((one) => one.requestId === id && one.state === 'intended');
    const failed = open.find(
      (one) => one.requestId === id && one.approverId === viewer.objectId && one.state === 'failed',
    );
    return {
      ...{ plane, roleId, scopeId, roleName, scopeName, scopeKind, key: roleKey(request), requestId: id },
      requester: {
        id: request.requesterId,
        name: request.requesterName,
        guest: person?.kind === 'guest',
        jobTitle: person?.jobTitle ?? null,
        department: person?.department ?? null,
      },
      justification: request.justification,
      ticketNumber: request.ticketNumber,
      minutes: request.minutes,
      startsAt: request.wantedStartAt,
      maximumMinutes: (request.policy ?? known)?.maximumMinutes ?? null,
      filedAt: request.filedAt,
      lapsesAt: plusMinutes(request.waitingSince ?? request.filedAt, approvalHours * 60),
      role: definition ? abilities(definition) : null,
      before: before(request),
      others: (approvers.get(id) ?? []).filter((name) => name !== viewer.name),
      deciding: intent ? { name: intent.approverName, approve: intent.approve } : null,
      failure: intent ? null : (failed?.failure ?? null),
    };
  });
}

function abilities(role: RoleDefinition): NonNullable<ApprovalCard['role']> {
  const all = [...role.actions, ...role.dataActions];
  return {
    description: role.description,
    actions: all.length,
    exceptions: role.notActions.length + role.notDataActions.length,
    dangers: dangersOf(role),
    sample: all.slice(0, 8),
  };
}

async function intents(ids: string[]) {
  if (ids.length === 0) return [];
  return db()
    .select()
    .from(decisions)
    .where(and(inArray(decisions.requestId, ids), inArray(decisions.state, ['intended', 'failed'])))
    .orderBy(desc(decisions.decidedAt));
}

type RequestRecord = typeof requests.$inferSelect;

/** Earlier requests of the same role at the same scope by the same person, as Stint saw them. */
async function earlier(current: RequestRecord[]) {
  const requesters = [...new Set(current.map((row) => row.requesterId))];
  const past =
    requesters.length === 0
      ? []
      : await db()
          .select()
          .from(requests)
          .where(
            and(inArray(requests.requesterId, requesters), inArray(requests.status, ['ended', 'denied'])),
          )
          .orderBy(desc(requests.filedAt))
          .limit(2000);
  return (request: RequestRecord): ApprovalCard['before'] => {
    const same = past.filter(
      (row) => row.requesterId === request.requesterId && roleKey(row) === roleKey(request),
    );
    const used = same.filter((row) => row.activeAt);
    const lengths = used
      .slice(0, 5)
      .flatMap((row) => (row.startsAt && row.endedAt ? [minutesBetween(row.startsAt, row.endedAt)] : []));
    return {
      count: used.length,
      lastAt: used[0]?.activeAt ?? null,
      denied: same.filter((row) => row.status === 'denied').length,
      endedEarly: used.filter((row) => row.endCause === 'ended_early').length,
      usualMinutes: lengths.length > 0 ? median(lengths) : null,
    };
  };
}

function median(numbers: number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

async function lately(viewer: Actor): Promise<DecidedRow[]> {
  const rows = await db()
    .select({ decision: decisions, request: requests })
    .from(requestApprovers)
    .innerJoin(decisions, eq(decisions.requestId, requestApprovers.requestId))
    .innerJoin(requests, eq(requests.id, requestApprovers.requestId))
    .where(and(eq(requestApprovers.approverId, viewer.objectId), ne(decisions.state, 'intended')))
    .orderBy(desc(decisions.decidedAt))
    .limit(mostDecided);
  return rows
    .filter(({ decision }) => decision.state === 'recorded' || decision.approverId === viewer.objectId)
    .map(({ decision, request }) => {
      const { plane, roleId, scopeId, roleName, scopeName, scopeKind } = request;
      return {
        ...{
          plane,
          roleId,
          scopeId,
          roleName,
          scopeName,
          scopeKind,
          key: roleKey(request),
          requestId: request.id,
        },
        requesterName: request.requesterName,
        approve: decision.approve,
        justification: decision.justification,
        decidedAt: decision.decidedAt,
        approverName: decision.approverName,
        mine: decision.approverId === viewer.objectId,
        state: decision.state,
        status: request.status,
      };
    });
}
