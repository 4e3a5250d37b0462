import { and, asc, desc, eq, inArray, ne, sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { mirrorPolicies, mirrorRoles } from '#db/schema/mirror.ts';
import { people } from '#db/schema/people.ts';
import { decisions, requestApprovers, requests } from '#db/schema/requests.ts';
import type { Actor } from '#lib/domain/actor.ts';
import { roleKey } from '#lib/domain/assignment.ts';
import { challengeWords } from '#lib/domain/challenge.ts';
import { dangersOf } from '#lib/domain/risk.ts';
import type { RoleDefinition } from '#lib/domain/role-definition.ts';
import { approvalHours, plusMinutes } from '#lib/domain/time.ts';
import { approversOf } from './columns.ts';
import { readings } from './readings.ts';
import type { ApprovalCard, ApprovalQueue, DecidedRow } from './rows.ts';
import { ticketsOf } from './tickets-of.ts';

const mostCards = 100;
const mostDecided = 30;
/** Of so many of the requests that named the viewer last, what others decided is shown. */
const mostNamed = 100;

/** What waits for the viewer's decision on all three planes, and what was decided lately of what they could decide. */
export async function approvalQueue(viewer: Actor): Promise<ApprovalQueue> {
  const [reading, waiting, decided] = await Promise.all([
    readings(`approvals:${viewer.objectId}`),
    cards(viewer),
    lately(viewer),
  ]);
  return { ...reading, waiting, decided };
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
  const [approvers, open, before, ticketOf] = await Promise.all([
    approversOf(rows.map(({ request }) => request)),
    intents(ids),
    earlier(rows.map(({ request }) => request)),
    ticketsOf(ids),
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
      ticket: ticketOf(id),
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
      stepUp: intent ? null : stepUpOf(failed),
    };
  });
}

function stepUpOf(last: typeof decisions.$inferSelect | undefined): ApprovalCard['stepUp'] {
  if (!last?.challenge) return null;
  const { claims, repeats } = last.challenge;
  return { decisionId: last.id, what: challengeWords(claims), repeats };
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

interface Before {
  count: number;
  denied: number;
  early: number;
  last: string | null;
  usual: number | null;
}

/** Earlier requests of the same role at the same scope by the same person, as Stint saw them; counted in the database. */
async function earlier(current: RequestRecord[]) {
  if (current.length === 0) return () => unknownBefore;
  const result = await db().execute(sql`
    select open.id, past.*
    from requests open, lateral (
      select count(active_at)::int as count, max(active_at) as last,
        count(*) filter (where status = 'denied')::int as denied,
        count(*) filter (where active_at is not null and end_cause = 'ended_early')::int as early,
        percentile_disc(0.5) within group (order by round(extract(epoch from ended_at - starts_at) / 60)::int)
          filter (where newest <= 5 and starts_at is not null and ended_at is not null) as usual
      from (
        select *, row_number() over (partition by active_at is null order by filed_at desc) as newest
        from requests past
        where past.requester_id = open.requester_id and past.plane = open.plane and past.role_id = open.role_id
          and past.scope_id = open.scope_id and past.status in ('ended', 'denied')
      ) same
    ) past
    where ${inArray(
      sql`open.id`,
      current.map(({ id }) => id),
    )}`);
  const rows = (result as unknown as { rows: ({ id: string } & Before)[] }).rows;
  const before = new Map(rows.map((row) => [row.id, asBefore(row)]));
  return ({ id }: RequestRecord) => before.get(id) ?? unknownBefore;
}

const unknownBefore: ApprovalCard['before'] = {
  ...{ count: 0, lastAt: null, denied: 0, endedEarly: 0, usualMinutes: null },
};

function asBefore({ count, denied, early, last, usual }: Before): ApprovalCard['before'] {
  return { count, denied, endedEarly: early, lastAt: last ? new Date(last) : null, usualMinutes: usual };
}

/** The viewer's own, and what others decided of the last requests that named the viewer. */
async function lately(viewer: Actor): Promise<DecidedRow[]> {
  const named = db()
    .select({ id: requestApprovers.requestId })
    .from(requestApprovers)
    .where(eq(requestApprovers.approverId, viewer.objectId))
    .orderBy(desc(requestApprovers.namedAt))
    .limit(mostNamed);
  const shown = { decision: decisions, request: requests };
  const [own, others] = await Promise.all([
    db()
      .select(shown)
      .from(decisions)
      .innerJoin(requests, eq(requests.id, decisions.requestId))
      .where(and(eq(decisions.approverId, viewer.objectId), ne(decisions.state, 'intended')))
      .orderBy(desc(decisions.decidedAt))
      .limit(mostDecided),
    db()
      .select(shown)
      .from(decisions)
      .innerJoin(requests, eq(requests.id, decisions.requestId))
      .where(
        and(
          inArray(decisions.requestId, sql`(${named})`),
          eq(decisions.state, 'recorded'),
          ne(decisions.approverId, viewer.objectId),
        ),
      ),
  ]);
  return [...own, ...others]
    .toSorted((a, b) => b.decision.decidedAt.getTime() - a.decision.decidedAt.getTime())
    .slice(0, mostDecided)
    .map((row) => decided(row, viewer));
}

function decided(
  { decision, request }: { decision: typeof decisions.$inferSelect; request: RequestRecord },
  viewer: Actor,
): DecidedRow {
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
}
