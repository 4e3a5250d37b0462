import type { Review } from '#lib/emulator/governance-state.ts';
import { at, type Exchange, isRow, type Route } from '#lib/emulator/graph/exchange.ts';
import { collection, entity } from '#lib/emulator/graph/odata/collection.ts';
import { isGranted, requirePermission, requireUser } from '#lib/emulator/graph/permissions.ts';
import { badRequest, resourceMissing } from '#lib/emulator/graph/refusal.ts';
import { stableGuid } from '#lib/emulator/tenant/permission-ids.ts';
import { definitionRow, instanceRow } from './review-rows.ts';

const path = '/identityGovernance/accessReviews/definitions';
const context = path.slice(1);
const readers = ['AccessReview.Read.All', 'AccessReview.ReadWrite.All', 'AccessReview.ReadWrite.Membership'];
const writers = ['AccessReview.ReadWrite.All'];
const counted = { usual: 100, largest: 999 };

/** Microsoft's own access reviews of groups: definitions and their instances (contract 4). Deciding has a file of its own. */
export const reviewRoutes: Route[] = [
  {
    method: 'GET',
    path,
    answer: (exchange) => {
      requirePermission(exchange, readers);
      const rows = ofGraph(exchange).map((review) => definitionRow(exchange, review));
      return collection(exchange, rows, { context, pages: counted, isCounted: true, canContain: true });
    },
  },
  { method: 'POST', path, answer: post },
  {
    method: 'GET',
    path: `${path}/filterByCurrentUser(on='{on}')`,
    answer: (exchange) => {
      requireUser(exchange);
      requirePermission(exchange, readers);
      if (at(exchange, 'on') !== 'reviewer')
        throw badRequest(`Unsupported value '${at(exchange, 'on')}' of 'on'.`);
      const rows = ofGraph(exchange)
        .filter((review) => reviews(exchange, review))
        .map((review) => ({
          '@odata.type': '#microsoft.graph.accessReviewScheduleDefinition',
          ...definitionRow(exchange, review),
          instances: [],
        }));
      return collection(exchange, rows, {
        context: 'Collection(accessReviewScheduleDefinition)',
        isCounted: true,
      });
    },
  },
  {
    method: 'GET',
    path: `${path}/{id}`,
    answer: (exchange) => entity(exchange, definitionRow(exchange, definitionOf(exchange)), { context }),
  },
  {
    method: 'GET',
    path: `${path}/{id}/instances`,
    answer: (exchange) => {
      const review = definitionOf(exchange);
      return collection(exchange, [instanceRow(review)], {
        context: `${context}('${review.id}')/instances`,
        isCounted: true,
      });
    },
  },
  {
    method: 'GET',
    path: `${path}/{id}/instances/{instance}`,
    answer: (exchange) => {
      const review = instanceOf(exchange);
      return entity(exchange, instanceRow(review), { context: `${context}('${review.id}')/instances` });
    },
  },
];

/** The review that the path means, for those who may read reviews or are asked in it. Throws 403, 404. */
export function definitionOf(exchange: Exchange): Review {
  const wanted = at(exchange, 'id').toLowerCase();
  const found = ofGraph(exchange).find(({ id }) => id === wanted);
  if (!isGranted(exchange, readers) || !found) requirePermission(exchange, readers);
  if (!found) throw resourceMissing(wanted);
  return found;
}

/** The same, where the path names the instance too. */
export function instanceOf(exchange: Exchange): Review {
  const review = definitionOf(exchange);
  const wanted = at(exchange, 'instance').toLowerCase();
  if (review.instanceId !== wanted) throw resourceMissing(wanted);
  return review;
}

/** Whether the caller is asked to decide anything in a review. */
function reviews({ caller }: Exchange, review: Review): boolean {
  return review.decisions.some(({ reviewerIds }) => reviewerIds.includes(caller.objectId));
}

function ofGraph({ world }: Exchange): Review[] {
  return (world.state.graph.reviews ?? []).filter(({ armScope }) => armScope === undefined);
}

/** 201 with status NotStarted: who is reviewed is found when the instance begins, which this emulator leaves out. */
function post(exchange: Exchange) {
  requirePermission(exchange, writers);
  const { call, world, caller } = exchange;
  const body = isRow(call.body) ? call.body : {};
  const { displayName, scope } = body;
  if (typeof displayName !== 'string' || !isRow(scope) || typeof scope.query !== 'string') {
    throw badRequest('An access review has a displayName and a scope with a query.');
  }
  const { graph } = world.state;
  const before = graph.reviews ?? [];
  const id = stableGuid(`review ${displayName} ${before.length} ${world.now()}`);
  const review: Review = {
    id,
    definition: { ...body, id },
    createdAt: world.now(),
    createdById: caller.objectId,
    status: 'NotStarted',
    instanceId: stableGuid(`instance ${id}`),
    endAt: world.now() + 14 * 86_400_000,
    decisions: [],
  };
  graph.reviews = [...before, review];
  world.changed();
  return entity(exchange, definitionRow(exchange, review), { context }, 201);
}
