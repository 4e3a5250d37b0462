import type { Review, ReviewDecision } from '#lib/emulator/governance-state.ts';
import { PimRefusal } from '#lib/emulator/pim/refusal.ts';
import type { Answer } from '#lib/emulator/wire.ts';
import { mayOnArm } from './access.ts';
import type { AuthorizationCall } from './authorization-call.ts';
import { pageOf } from './page.ts';
import { printedPrincipal, printedTime } from './printed.ts';
import { authorizationFailed, notEmulated, resourceNotFound } from './refusals.ts';
import { fields, text } from './request-body.ts';

const TYPE = 'Microsoft.Authorization/accessReviewScheduleDefinitions';
const READ = `${TYPE}/read`;
const PAGE = 100;
const VERDICTS = ['Approve', 'Deny', 'NotReviewed', 'DontKnow'] as const;

/**
 * Microsoft's own reviews of Azure roles (2021-12-01-preview, contract 5.5): at a scope for those who may read them there; at
 * the tenant level each person's own, with instances and decisions, and a PATCH for what one is asked oneself.
 */
export function accessReviews(ask: AuthorizationCall): Answer {
  const { call } = ask;
  const [, id, instances, instance, decisions, decision, ...more] = ask.rest;
  if (more.length > 0 || !isNamed(instances, 'instances') || !isNamed(decisions, 'decisions')) {
    throw notEmulated(call);
  }
  if (id === undefined) return list(ask);
  const review = visible(ask).find((one) => one.id === id.toLowerCase());
  if (review === undefined) throw resourceNotFound(call.path);
  if (instances === undefined) return readOnly(ask, definitionRow(review));
  if (instance === undefined) return pageOf(call, [instanceRow(review)], PAGE, (row) => row);
  if (review.instanceId !== instance.toLowerCase()) throw resourceNotFound(call.path);
  if (decisions === undefined) return readOnly(ask, instanceRow(review));
  if (decision === undefined) {
    return pageOf(call, asked(ask, review), PAGE, (one) => decisionRow(ask, review, one));
  }
  const found = asked(ask, review).find((one) => one.id === decision.toLowerCase());
  if (found === undefined) throw resourceNotFound(call.path);
  if (call.method === 'PATCH') record(ask, found);
  return { status: 200, body: decisionRow(ask, review, found) };
}

function isNamed(segment: string | undefined, name: string): boolean {
  return segment === undefined || segment.toLowerCase() === name;
}

function readOnly({ call }: AuthorizationCall, body: object): Answer {
  if (call.method !== 'GET') throw notEmulated(call);
  return { status: 200, body };
}

function list(ask: AuthorizationCall): Answer {
  if (ask.call.method !== 'GET') throw notEmulated(ask.call);
  const filter = ask.call.query.get('$filter');
  if (filter !== null && !/^\s*assignedToMeToReview\(\)\s*$/i.test(filter)) throw notEmulated(ask.call);
  return pageOf(ask.call, visible(ask), PAGE, definitionRow);
}

/** At the tenant level what the caller is asked; at a scope all of it, to those who may read it there. */
function visible(ask: AuthorizationCall): Review[] {
  const { world, caller, scope } = ask;
  const all = (world.state.graph.reviews ?? []).filter(({ armScope }) => armScope !== undefined);
  if (scope === '/') return all.filter((review) => asked(ask, review).length > 0);
  if (!mayOnArm(world, caller.objectId, READ, scope)) throw authorizationFailed(world, caller, READ, scope);
  return all.filter(({ armScope }) => armScope === scope);
}

function asked({ caller, scope }: AuthorizationCall, { decisions }: Review): ReviewDecision[] {
  return decisions.filter(({ reviewerIds }) => scope !== '/' || reviewerIds.includes(caller.objectId));
}

function record({ call, world, caller }: AuthorizationCall, one: ReviewDecision): void {
  const { decision, justification } = fields(fields(call.body).properties);
  const verdict = VERDICTS.find((word) => word === decision);
  if (verdict === undefined) throw new PimRefusal(400, 'InvalidDecision', 'The decision is not valid.');
  if (!one.reviewerIds.includes(caller.objectId)) {
    throw new PimRefusal(403, 'AccessDenied', 'Only a reviewer may decide.');
  }
  one.decision = verdict;
  one.justification = text(justification) ?? '';
  one.reviewedById = caller.objectId;
  one.reviewedAt = world.now();
  world.changed();
}

function idOf(review: Review): string {
  return `/providers/${TYPE}/${review.id}`;
}

function definitionRow(review: Review) {
  const { definition, status, createdAt, id } = review;
  return {
    properties: {
      displayName: definition.displayName,
      status,
      descriptionForAdmins: definition.descriptionForAdmins ?? '',
      descriptionForReviewers: definition.descriptionForReviewers ?? '',
      reviewersType: 'Assigned',
      scope: { resourceId: review.armScope, principalType: 'user', assignmentState: 'active' },
      instances: [instanceRow(review)],
      settings: {
        mailNotificationsEnabled: true,
        recommendationsEnabled: true,
        autoApplyDecisionsEnabled: false,
      },
      createdDateTime: printedTime(createdAt),
    },
    id: idOf(review),
    name: id,
    type: TYPE,
  };
}

function instanceRow(review: Review) {
  const { instanceId, status, createdAt, endAt } = review;
  return {
    properties: { status, startDateTime: printedTime(createdAt), endDateTime: printedTime(endAt) },
    id: `${idOf(review)}/instances/${instanceId}`,
    name: instanceId,
    type: `${TYPE}/instances`,
  };
}

function decisionRow({ world: { state } }: AuthorizationCall, review: Review, one: ReviewDecision) {
  const person = (id: string) => {
    const { displayName } = printedPrincipal(state, id);
    const userPrincipalName = state.users.find((user) => user.id === id)?.userPrincipalName ?? '';
    return { displayName, userPrincipalName };
  };
  const actor = (id: string | null) => {
    const { displayName, userPrincipalName } = person(id ?? '');
    return {
      principalType: 'user',
      principalId: id ?? '00000000-0000-0000-0000-000000000000',
      principalName: displayName,
      userPrincipalName,
    };
  };
  return {
    properties: {
      principal: { type: 'user', id: one.principalId, ...person(one.principalId) },
      resource: one.resource,
      recommendation: one.recommendation,
      decision: one.decision,
      justification: one.justification,
      reviewedDateTime: one.reviewedAt === null ? null : printedTime(one.reviewedAt),
      reviewedBy: actor(one.reviewedById),
      applyResult: 'New',
      appliedDateTime: null,
      appliedBy: actor(null),
    },
    id: `${idOf(review)}/instances/${review.instanceId}/decisions/${one.id}`,
    name: one.id,
    type: `${TYPE}/instances/decisions`,
  };
}
