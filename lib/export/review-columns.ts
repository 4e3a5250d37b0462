import { type SQLWrapper, sql } from 'drizzle-orm';
import { accessChanges, itemReviewers, reviewItems } from '#db/schema/reviews.ts';
import type { EvidenceFile } from '#lib/domain/evidence-file.ts';
import { planeNames } from '#lib/domain/plane.ts';
import { type Column, literal } from './cells.ts';

const column = (kind: Column['kind']) => (heading: string, value: SQLWrapper) => ({ heading, kind, value });
const [typed, word, at, json] = [column('typed'), column('word'), column('moment'), column('json')];
const number = column('number');
const flag = (heading: string, value: SQLWrapper) =>
  word(heading, sql`case ${value} when true then 'yes' when false then 'no' end`);

const plane = sql`case ${reviewItems.plane} ${sql.join(
  Object.entries(planeNames).map(([key, name]) => sql`when ${literal(key)} then ${literal(name)}`),
  sql` `,
)} end`;

/** Which item, and what it is about, by name. */
const about: Column[] = [
  word('item', reviewItems.id),
  typed('holder', reviewItems.principalName),
  typed('holder_id', reviewItems.principalId),
  word('plane', plane),
  typed('role', reviewItems.roleName),
  typed('scope', reviewItems.scopeName),
];

/** Headings are stable: people build on them. Times are UTC. */
export const reviewColumns: Record<EvidenceFile, readonly Column[]> = {
  population: [
    ...about,
    typed('assignment', reviewItems.assignmentId),
    word('holder_kind', reviewItems.principalKind),
    word('kind', reviewItems.kind),
    typed('role_id', reviewItems.roleId),
    typed('scope_id', reviewItems.scopeId),
    flag('critical', reviewItems.isCritical),
    word('recommendation', reviewItems.recommendation),
    typed('recommended_because', reviewItems.recommendationWhy),
    json('evidence', reviewItems.evidence),
    json('assignment_as_it_was', reviewItems.kept),
  ],
  reviewers: [
    word('item', itemReviewers.itemId),
    typed('holder', reviewItems.principalName),
    typed('reviewer', itemReviewers.reviewerName),
    typed('reviewer_id', itemReviewers.reviewerId),
    word('rule', itemReviewers.rule),
    typed('handed_to_id', itemReviewers.handedToId),
    at('handed_at', itemReviewers.handedAt),
  ],
  decisions: [
    ...about,
    word('decision', reviewItems.decision),
    flag('by_silence', reviewItems.bySilence),
    word('recommendation', reviewItems.recommendation),
    word('way', reviewItems.way),
    typed('group_to_leave', reviewItems.wayGroupId),
    typed('decided_by', reviewItems.decidedByName),
    typed('decided_by_id', reviewItems.decidedById),
    at('decided_at', reviewItems.decidedAt),
    at('submitted_at', reviewItems.submittedAt),
  ],
  rationales: [
    word('item', reviewItems.id),
    word('decision', reviewItems.decision),
    typed('rationale', reviewItems.rationale),
    typed('decided_by', reviewItems.decidedByName),
    at('decided_at', reviewItems.decidedAt),
  ],
  changes: [
    word('change', accessChanges.id),
    word('undoes', accessChanges.undoesId),
    ...about,
    word('verb', accessChanges.verb),
    word('way', accessChanges.way),
    word('state', accessChanges.state),
    word('outcome', accessChanges.outcome),
    typed('explanation', accessChanges.explanation),
    typed('asked_by', accessChanges.askedByName),
    at('asked_at', accessChanges.askedAt),
    typed('let_go_by', accessChanges.approvedByName),
    at('acted_at', accessChanges.actedAt),
    at('seen_in_the_tenant_at', accessChanges.confirmedAt),
    number(
      'seconds_until_seen',
      sql`round(extract(epoch from ${accessChanges.confirmedAt} - ${accessChanges.actedAt}))`,
    ),
    at('ends_at', sql`(${accessChanges.progress} ->> 'ends_at')::timestamptz`),
    typed('manual_command', accessChanges.manualCommand),
    json('progress', accessChanges.progress),
  ],
};
