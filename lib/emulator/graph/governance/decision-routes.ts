import type { ReviewDecision } from '#lib/emulator/governance-state.ts';
import { at, type Exchange, isRow, type Route, type Row } from '#lib/emulator/graph/exchange.ts';
import { collection, entity } from '#lib/emulator/graph/odata/collection.ts';
import { requirePermission, requireUser } from '#lib/emulator/graph/permissions.ts';
import { badRequest, denied, resourceMissing } from '#lib/emulator/graph/refusal.ts';
import type { Answer } from '#lib/emulator/wire.ts';
import { instanceOf } from './review-routes.ts';
import { decisionRow, definitionRow, instanceRow } from './review-rows.ts';

const instance = '/identityGovernance/accessReviews/definitions/{id}/instances/{instance}';
const mine = "/identityGovernance/accessReviews/decisions/filterByCurrentUser(on='{on}')";
const writers = ['AccessReview.ReadWrite.All', 'AccessReview.ReadWrite.Membership'];
const VERDICTS = ['Approve', 'Deny', 'NotReviewed', 'DontKnow'] as const;

/** What reviewers decide: people only, each what they are asked. A single-stage review may be named with its stage. */
export const decisionRoutes: Route[] = [
  ...['', '/stages/{stage}'].flatMap((stage): Route[] => [
    {
      method: 'GET',
      path: `${instance}${stage}/decisions`,
      answer: (exchange) => {
        const review = instanceOf(exchange);
        const rows = review.decisions.map((one) => decisionRow(exchange, review, one));
        const context = `identityGovernance/accessReviews/definitions('${review.id}')/instances('${review.instanceId}')/decisions`;
        return collection(exchange, rows, { context, isCounted: true, canSkip: true });
      },
    },
    {
      method: 'GET',
      path: `${instance}${stage}/decisions/{decision}`,
      answer: (exchange) => {
        const review = instanceOf(exchange);
        const wanted = at(exchange, 'decision').toLowerCase();
        const one = review.decisions.find(({ id }) => id === wanted);
        if (!one) throw resourceMissing(wanted);
        const context = `identityGovernance/accessReviews/definitions('${review.id}')/instances('${review.instanceId}')/decisions`;
        return entity(exchange, decisionRow(exchange, review, one), { context });
      },
    },
    { method: 'PATCH', path: `${instance}${stage}/decisions/{decision}`, answer: patch },
  ]),
  {
    method: 'GET',
    path: `${instance}/contactedReviewers`,
    answer: (exchange) => {
      instanceOf(exchange);
      return collection(exchange, [], { context: 'Collection(accessReviewReviewer)' });
    },
  },
  { method: 'POST', path: `${instance}/batchRecordDecisions`, answer: recordAll },
  { method: 'GET', path: mine, version: 'beta', answer: listMine },
];

function patch(exchange: Exchange): Answer {
  requireUser(exchange);
  requirePermission(exchange, writers);
  const { body } = exchange.call;
  const review = instanceOf(exchange);
  const wanted = at(exchange, 'decision').toLowerCase();
  const one = review.decisions.find(({ id }) => id === wanted);
  if (!one) throw resourceMissing(wanted);
  if (!one.reviewerIds.includes(exchange.caller.objectId)) throw denied();
  return record(exchange, [one], body);
}

/** All that the caller is asked about one resource or principal, at once. */
function recordAll(exchange: Exchange): Answer {
  requireUser(exchange);
  requirePermission(exchange, writers);
  const { principalId, resourceId } = isRow(exchange.call.body) ? exchange.call.body : {};
  const asked = instanceOf(exchange)
    .decisions.filter(({ reviewerIds }) => reviewerIds.includes(exchange.caller.objectId))
    .filter((one) => principalId === undefined || one.principalId === principalId)
    .filter((one) => resourceId === undefined || one.resource.id === resourceId);
  return record(exchange, asked, exchange.call.body);
}

function record({ world, caller }: Exchange, asked: ReviewDecision[], body: unknown): Answer {
  const { decision, justification } = isRow(body) ? body : {};
  const verdict = VERDICTS.find((one) => one === decision);
  if (!verdict) throw badRequest("Invalid value specified for property 'decision'.");
  for (const one of asked) {
    one.decision = verdict;
    one.justification = typeof justification === 'string' ? justification : '';
    one.reviewedById = verdict === 'NotReviewed' ? null : caller.objectId;
    one.reviewedAt = verdict === 'NotReviewed' ? null : world.now();
  }
  world.changed();
  return { status: 204 };
}

/** Over all reviews, those of Azure roles too. */
function listMine(exchange: Exchange): Answer {
  requireUser(exchange);
  requirePermission(exchange, ['AccessReview.Read.All', ...writers]);
  const { world, caller } = exchange;
  if (at(exchange, 'on') !== 'reviewer')
    throw badRequest(`Unsupported value '${at(exchange, 'on')}' of 'on'.`);
  const all = world.state.graph.reviews ?? [];
  const reviewOf = ({ id }: Row) => all.find(({ decisions }) => decisions.some((one) => one.id === id));
  const rows = all.flatMap((review) =>
    review.decisions
      .filter(({ reviewerIds }) => reviewerIds.includes(caller.objectId))
      .map((one) => decisionRow(exchange, review, one)),
  );
  return collection(exchange, rows, {
    context: 'accessReviewInstanceDecisionItems',
    isCounted: true,
    expand: {
      instance: {
        read: (row) => {
          const review = reviewOf(row);
          return review ? instanceRow(review) : null;
        },
        expand: {
          definition: {
            read: (row) => {
              const review = all.find(({ instanceId }) => instanceId === row.id);
              return review ? definitionRow(exchange, review) : null;
            },
          },
        },
      },
    },
  });
}
