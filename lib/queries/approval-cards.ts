import { and, desc, eq, inArray } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { heldThere } from '#db/held-there.ts';
import { pastAsks } from '#db/past-asks.ts';
import { requestApprovals, signatures, stageApprovers } from '#db/schema/approvals.ts';
import { mirrorPolicies, mirrorRoles } from '#db/schema/mirror.ts';
import { people } from '#db/schema/people.ts';
import { decisions, requests } from '#db/schema/requests.ts';
import { scopePaths } from '#db/scope-paths.ts';
import { settingOf } from '#db/settings.ts';
import type { Actor } from '#lib/domain/actor.ts';
import { roleKey } from '#lib/domain/assignment.ts';
import { isWanted } from '#lib/domain/proof.ts';
import { countsAsCritical } from '#lib/domain/risk.ts';
import { riskOfAsk } from '#lib/domain/risk-of-ask.ts';
import { aloneBecause } from '#lib/domain/together.ts';
import type { ApprovalCard, AskedBy, StageFacts } from './approval-rows.ts';
import { availabilityOf } from './availability.ts';
import { decidersOf } from './deciders.ts';
import { byDecision, bySignature } from './own-try.ts';
import { roleLately } from './role-lately.ts';
import { roleSummary } from './role-summary.ts';
import { stageAt } from './stage-at.ts';
import { talkFactsOf } from './talk-facts.ts';
import { ticketsOf } from './tickets-of.ts';

export interface Waiting {
  id: string;
  asks: AskedBy;
  lapsesAt: Date;
}

type Signature = typeof signatures.$inferSelect;
type Approval = typeof requestApprovals.$inferSelect;

/** Everything needed to decide these requests, in their order: as many questions for twenty-five as for one. */
export async function approvalCards(
  viewer: Actor,
  waiting: readonly Waiting[],
  now: Date,
): Promise<ApprovalCard[]> {
  if (waiting.length === 0) return [];
  const ids = waiting.map(({ id }) => id);
  const me = viewer.objectId;
  const [records, deciders, past, ticketOf, decided, signed, namedAs, talkOf, stepUp, latelyOf] =
    await Promise.all([
      recordsOf(ids),
      decidersOf(ids),
      pastAsks(db(), ids),
      ticketsOf(ids),
      db()
        .select()
        .from(decisions)
        .where(and(inArray(decisions.requestId, ids), inArray(decisions.state, ['intended', 'failed'])))
        .orderBy(desc(decisions.decidedAt)),
      db()
        .select()
        .from(signatures)
        .where(inArray(signatures.requestId, ids))
        .orderBy(desc(signatures.signedAt)),
      db()
        .select()
        .from(stageApprovers)
        .where(and(inArray(stageApprovers.requestId, ids), eq(stageApprovers.approverId, me))),
      talkFactsOf(
        viewer,
        waiting.flatMap(({ id, asks }) => (asks === 'stint' ? id : [])),
      ),
      settingOf(db(), 'step_up'),
      roleLately(ids),
    ]);
  const asked = records.map(({ request }) => request);
  const [pathOf, availability] = await Promise.all([
    scopePaths(db(), asked),
    availabilityOf([...new Set(ids.flatMap((id) => deciders(id).map(({ personId }) => personId)))]),
  ]);
  const holds = await heldThere(
    db(),
    asked.map(({ id, requesterId, plane, roleId, scopeId }) => ({
      ...{ id, requesterId, plane, roleId, scopeId },
      places: pathOf(id).map((level) => level.id),
    })),
  );
  const of = new Map(records.map((record) => [record.request.id, record]));
  return waiting.flatMap(({ id, asks, lapsesAt }): ApprovalCard[] => {
    const record = of.get(id);
    if (!record) return [];
    const { request, person, definition, known, approval } = record;
    const { plane, roleId, scopeId, roleName, scopeName, scopeKind } = request;
    const { before, othersMinutes } = past(id);
    const theirs = signed.filter((one) => one.requestId === id);
    const own = asks === 'pim' ? byDecision(decided, id, me) : bySignature(theirs, me, approval);
    const asksSignIn = isWanted(stepUp.decisions, countsAsCritical(plane, definition, scopeKind));
    const guest = person?.kind === 'guest';
    const summary = definition ? roleSummary(definition) : null;
    return [
      {
        ...{ plane, roleId, scopeId, roleName, scopeName, scopeKind, key: roleKey(request), requestId: id },
        ...{ asks, lapsesAt, before, othersMinutes, ...own },
        requester: {
          id: request.requesterId,
          name: request.requesterName,
          guest,
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
        role: summary,
        risk: riskOfAsk(request, { definition, isGuest: guest, past: past(id), now }),
        above: pathOf(id)
          .slice(0, -1)
          .flatMap(({ name }) => name ?? []),
        holds: holds(id),
        lately: latelyOf(request),
        stage:
          approval &&
          stageFacts(
            approval,
            theirs,
            namedAs.filter((one) => one.requestId === id),
          ),
        others: deciders(id)
          .filter(({ personId }) => personId !== me)
          .map(({ personId, name }) => ({ name, availability: availability(personId) })),
        signed: asks === 'pim' && theirs.some((one) => one.approverId === me && one.state === 'recorded'),
        talk: talkOf(id),
        alone: aloneBecause(approval?.rule ?? null, asksSignIn),
      },
    ];
  });
}

function recordsOf(ids: string[]) {
  return db()
    .select({
      request: requests,
      person: people,
      definition: mirrorRoles.definition,
      known: mirrorPolicies.facts,
      approval: requestApprovals,
    })
    .from(requests)
    .leftJoin(people, eq(people.objectId, requests.requesterId))
    .leftJoin(requestApprovals, eq(requestApprovals.requestId, requests.id))
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
    .where(inArray(requests.id, ids));
}

function stageFacts(
  approval: Approval,
  signed: readonly Signature[],
  namedAs: readonly (typeof stageApprovers.$inferSelect)[],
): StageFacts {
  const at = stageAt(approval) ?? { name: '', number: 0, of: 0, needed: 0 };
  const as = namedAs.find(({ stage }) => stage === approval.stage);
  return {
    ...at,
    rule: approval.rule.name,
    signed: signed
      .filter(({ state, approve }) => state === 'recorded' && approve)
      .map(({ approverName, forName, stage }) => ({ name: approverName, forName, stage: stage + 1 }))
      .reverse(),
    through: as?.through ?? null,
    forName: as?.forName ?? null,
    isEscalated: as?.isEscalated ?? false,
  };
}
