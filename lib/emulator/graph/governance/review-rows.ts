import { scopeFacts } from '#lib/emulator/arm/scopes.ts';
import type { Review, ReviewDecision } from '#lib/emulator/governance-state.ts';
import { type Exchange, isRow, type Row } from '#lib/emulator/graph/exchange.ts';
import { moment } from '#lib/emulator/graph/times.ts';
import type { State } from '#lib/emulator/state.ts';

const DAY = 86_400_000;
const SETTINGS: Row = {
  mailNotificationsEnabled: false,
  reminderNotificationsEnabled: false,
  justificationRequiredOnApproval: false,
  defaultDecisionEnabled: false,
  defaultDecision: 'None',
  instanceDurationInDays: 14,
  autoApplyDecisionsEnabled: false,
  recommendationsEnabled: true,
};
const PATTERN = { type: 'weekly', interval: 1, month: 0, dayOfMonth: 0, daysOfWeek: [] };
const nobody = { id: '00000000-0000-0000-0000-000000000000', displayName: '', userPrincipalName: '' };

/** A definition as Graph prints it: what was posted, and what the service adds. */
export function definitionRow({ world: { state } }: Exchange, review: Review): Row {
  const { definition, createdAt, createdById, status } = review;
  const settings = isRow(definition.settings) ? definition.settings : {};
  return {
    id: review.id,
    displayName: definition.displayName ?? null,
    createdDateTime: moment(createdAt),
    lastModifiedDateTime: moment(createdAt),
    status,
    descriptionForAdmins: definition.descriptionForAdmins ?? definition.displayName ?? null,
    descriptionForReviewers: definition.descriptionForReviewers ?? '',
    createdBy: personRow(state, createdById),
    scope: scopeRow(definition.scope),
    instanceEnumerationScope: scopeRow(definition.instanceEnumerationScope),
    reviewers: reviewerRows(definition.reviewers),
    fallbackReviewers: reviewerRows(definition.fallbackReviewers),
    settings: { ...SETTINGS, applyActions: [], ...settings, recurrence: recurrenceRow(settings, createdAt) },
    additionalNotificationRecipients: definition.additionalNotificationRecipients ?? [],
  };
}

/** The one instance of a definition. */
export function instanceRow(review: Review): Row {
  return {
    id: review.instanceId,
    startDateTime: moment(review.createdAt),
    endDateTime: moment(review.endAt),
    status: review.status,
    scope: scopeRow(review.definition.scope),
    reviewers: reviewerRows(review.definition.reviewers),
    fallbackReviewers: reviewerRows(review.definition.fallbackReviewers),
  };
}

/** One principal to decide about. */
export function decisionRow({ world: { state }, call }: Exchange, review: Review, one: ReviewDecision): Row {
  const person = personRow(state, one.principalId);
  return {
    id: one.id,
    accessReviewId: review.instanceId,
    reviewedDateTime: moment(one.reviewedAt),
    decision: one.decision,
    justification: one.justification,
    appliedDateTime: null,
    applyResult: 'New',
    recommendation: one.recommendation,
    principalLink: `${call.origin}/v1.0/users/${one.principalId}`,
    resourceLink: one.resource.type === 'group' ? `${call.origin}/v1.0/groups/${one.resource.id}` : null,
    resource: resourceRow(state, review, one),
    reviewedBy: one.reviewedById === null ? nobody : personRow(state, one.reviewedById),
    appliedBy: nobody,
    target: {
      '@odata.type': '#microsoft.graph.accessReviewInstanceDecisionItemUserTarget',
      userId: person.id,
      userDisplayName: person.displayName,
      userPrincipalName: person.userPrincipalName,
    },
    principal: { '@odata.type': '#microsoft.graph.userIdentity', ...person },
  };
}

function resourceRow(state: State, { armScope }: Review, { resource }: ReviewDecision): Row {
  const kind = '#microsoft.graph.accessReviewInstanceDecisionItem';
  if (armScope === undefined) return { '@odata.type': `${kind}Resource`, ...resource };
  const scope = { id: armScope, ...scopeFacts(state, armScope) };
  return { '@odata.type': `${kind}AzureRoleResource`, ...resource, scope };
}

/** A person in the three properties that governance prints. */
export function personRow(state: State, id: string) {
  const user = state.users.find((one) => one.id === id);
  const app = state.servicePrincipals.find((one) => one.id === id);
  const displayName = user?.displayName ?? app?.displayName ?? '';
  return { id, displayName, userPrincipalName: user?.userPrincipalName ?? '' };
}

function scopeRow(scope: unknown): Row | null {
  if (!isRow(scope)) return null;
  return { '@odata.type': '#microsoft.graph.accessReviewQueryScope', queryRoot: null, ...scope };
}

function reviewerRows(reviewers: unknown): Row[] {
  return Array.isArray(reviewers) ? reviewers.filter(isRow).map((one) => ({ queryRoot: null, ...one })) : [];
}

function recurrenceRow({ recurrence }: Row, createdAt: number): Row | null {
  if (!isRow(recurrence)) return null;
  const pattern = isRow(recurrence.pattern) ? recurrence.pattern : {};
  const range = isRow(recurrence.range) ? recurrence.range : {};
  const day = (written: unknown, otherwise: string | null) =>
    typeof written === 'string' ? written.slice(0, 10) : otherwise;
  return {
    pattern: { ...PATTERN, firstDayOfWeek: 'sunday', index: 'first', ...pattern },
    range: {
      type: 'noEnd',
      numberOfOccurrences: 0,
      recurrenceTimeZone: null,
      ...range,
      startDate: day(range.startDate, new Date(createdAt - (createdAt % DAY)).toISOString().slice(0, 10)),
      endDate: day(range.endDate, null),
    },
  };
}
